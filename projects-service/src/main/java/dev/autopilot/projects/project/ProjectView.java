package dev.autopilot.projects.project;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A project as its members see it.
 *
 * @param role the caller's own
 * @param deletedAt only of one that is deleted
 * @param erasedFrom until then it can be restored for certain, and later for as long as it is there
 */
public record ProjectView(
    UUID id,
    String name,
    @Nullable String description,
    Role role,
    Instant createdAt,
    Instant updatedAt,
    long version,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant deletedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant erasedFrom) {}
