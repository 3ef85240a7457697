/** Who changed what: every version of every record. */
@NullMarked
package dev.autopilot.projects.revision;

import org.jspecify.annotations.NullMarked;
