package dev.autopilot.projects.project;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A project as its members see it.
 *
 * @param role the caller's own
 */
public record ProjectView(
    UUID id,
    String name,
    @Nullable String description,
    Role role,
    Instant createdAt,
    Instant updatedAt,
    long version) {}
