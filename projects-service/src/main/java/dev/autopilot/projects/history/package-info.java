/** What records were, and making them so again. */
@NullMarked
package dev.autopilot.projects.history;

import org.jspecify.annotations.NullMarked;
