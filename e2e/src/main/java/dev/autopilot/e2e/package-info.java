/** The suite as its clients meet it: through the gateway and nothing else. */
@NullMarked
package dev.autopilot.e2e;

import org.jspecify.annotations.NullMarked;
