/** Services that were away, from when to when. */
@NullMarked
package dev.autopilot.dashboard.incident;

import org.jspecify.annotations.NullMarked;
