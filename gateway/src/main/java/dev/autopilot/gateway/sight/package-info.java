/** What can be seen of the traffic: access log, metrics, sums by the minute, traces. */
@NullMarked
package dev.autopilot.gateway.sight;

import org.jspecify.annotations.NullMarked;
