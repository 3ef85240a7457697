/** One real journey through every part of the house. */
@NullMarked
package dev.autopilot.e2e.journey;

import org.jspecify.annotations.NullMarked;
