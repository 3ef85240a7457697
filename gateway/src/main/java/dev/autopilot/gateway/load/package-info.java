/** How much there may be at once: beyond that some are refused, so that the others are served. */
@NullMarked
package dev.autopilot.gateway.load;

import org.jspecify.annotations.NullMarked;
