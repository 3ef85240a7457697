/** The single-machine runner behind {@code ./autopilot}. */
@NullMarked
package dev.autopilot.local;

import org.jspecify.annotations.NullMarked;
