/** Whether every service of the suite is ready. */
@NullMarked
package dev.autopilot.dashboard.health;

import org.jspecify.annotations.NullMarked;
