/** A gateway by itself, for tests and measurements that need no services behind it. */
@NullMarked
package dev.autopilot.e2e.gateway;

import org.jspecify.annotations.NullMarked;
