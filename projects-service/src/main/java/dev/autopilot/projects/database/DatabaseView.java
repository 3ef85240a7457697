package dev.autopilot.projects.database;

import dev.autopilot.projects.schema.FieldDefinition;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A database as members of its project see it. */
public record DatabaseView(
    UUID id,
    UUID projectId,
    String name,
    @Nullable String description,
    List<FieldDefinition> fields,
    long recordCount,
    Instant createdAt,
    Instant updatedAt,
    long version) {}
