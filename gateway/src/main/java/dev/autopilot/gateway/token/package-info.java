/** Who asks: credentials are verified here, off the event loops, and remembered. */
@NullMarked
package dev.autopilot.gateway.token;

import org.jspecify.annotations.NullMarked;
