/** Figures over many records. */
@NullMarked
package dev.autopilot.projects.aggregate;

import org.jspecify.annotations.NullMarked;
