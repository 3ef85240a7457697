package dev.autopilot.dashboard.activity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened.
 *
 * @param id of the event that told of it
 * @param type of that event, such as {@code projects.record.created}
 * @param actor the user who did it; null when it was the system or is unknown
 * @param subject the id of what it happened to
 * @param summary the same in words
 */
public record Activity(
    UUID id,
    String type,
    @Nullable UUID actor,
    String subject,
    String summary,
    Instant occurredAt) {

  /** With its place in the order in which everything became visible. */
  record Placed(long position, Activity activity) {}
}
