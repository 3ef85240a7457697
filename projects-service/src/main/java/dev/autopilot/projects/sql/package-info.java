/** SQL where it matters, without the ceremony. */
@NullMarked
package dev.autopilot.projects.sql;

import org.jspecify.annotations.NullMarked;
