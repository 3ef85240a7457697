/** Records: rows of a database. */
@NullMarked
package dev.autopilot.projects.record;

import org.jspecify.annotations.NullMarked;
