/** From everybody's events to rows that can be counted and shown. */
@NullMarked
package dev.autopilot.dashboard.intake;

import org.jspecify.annotations.NullMarked;
