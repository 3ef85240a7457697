/** What a person can type after {@code ./autopilot}. */
@NullMarked
package dev.autopilot.local.command;

import org.jspecify.annotations.NullMarked;
