/** What somebody has, in numbers. */
@NullMarked
package dev.autopilot.dashboard.stats;

import org.jspecify.annotations.NullMarked;
