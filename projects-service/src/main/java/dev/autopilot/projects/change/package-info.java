/** Changes of records, as they happen. */
@NullMarked
package dev.autopilot.projects.change;

import org.jspecify.annotations.NullMarked;
