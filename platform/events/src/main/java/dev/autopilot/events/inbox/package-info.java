/** Other services' events, each with its effect once, in order per key, through any outage. */
@NullMarked
package dev.autopilot.events.inbox;

import org.jspecify.annotations.NullMarked;
