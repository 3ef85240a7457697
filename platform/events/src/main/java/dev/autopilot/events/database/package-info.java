/** The service's PostgreSQL: where it is, whether it answers, and connections beside the pool. */
@NullMarked
package dev.autopilot.events.database;

import org.jspecify.annotations.NullMarked;
