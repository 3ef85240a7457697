/** What the tests of the gateway share. */
@NullMarked
package dev.autopilot.gateway.testing;

import org.jspecify.annotations.NullMarked;
