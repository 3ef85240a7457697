package dev.autopilot.projects.database;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.autopilot.projects.schema.FieldDefinition;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A database as members of its project see it.
 *
 * @param deletedAt only of one that is deleted
 * @param erasedFrom until then it can be restored for certain, and later for as long as it is there
 */
public record DatabaseView(
    UUID id,
    UUID projectId,
    String name,
    @Nullable String description,
    List<FieldDefinition> fields,
    long recordCount,
    Instant createdAt,
    Instant updatedAt,
    long version,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant deletedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant erasedFrom) {}
