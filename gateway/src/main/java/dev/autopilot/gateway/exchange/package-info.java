/** One request and its answer, the gates it passes, and how it is refused. */
@NullMarked
package dev.autopilot.gateway.exchange;

import org.jspecify.annotations.NullMarked;
