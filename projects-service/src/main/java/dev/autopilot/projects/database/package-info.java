/** Databases: a project's typed tables. */
@NullMarked
package dev.autopilot.projects.database;

import org.jspecify.annotations.NullMarked;
