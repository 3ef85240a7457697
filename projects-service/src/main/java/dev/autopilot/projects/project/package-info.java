/** Projects, their members and roles. */
@NullMarked
package dev.autopilot.projects.project;

import org.jspecify.annotations.NullMarked;
