package dev.autopilot.workflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A workflow as its owner sees it.
 *
 * @param definition the newest, which is version {@code draftVersion}
 * @param publishedVersion the one that is executed; null until the first is published
 * @param version counts changes, as the ETag does
 */
public record WorkflowView(
    UUID id,
    String name,
    @Nullable String description,
    boolean enabled,
    JsonNode definition,
    @Nullable Integer publishedVersion,
    int draftVersion,
    Instant createdAt,
    Instant updatedAt,
    long version) {}
