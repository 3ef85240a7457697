/** The running suite: servers, services, their supervision, and what is written down about them. */
@NullMarked
package dev.autopilot.local.suite;

import org.jspecify.annotations.NullMarked;
