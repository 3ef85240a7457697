package dev.autopilot.projects.transfer;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far an import is.
 *
 * @param mapping the field's key for each column of the file that is taken
 * @param total rows in the file; null until they have been counted
 * @param done rows that became records
 * @param failed rows that didn't, each with its reason in the errors
 * @param problem why the whole import failed
 */
public record ImportView(
    UUID id,
    UUID databaseId,
    String status,
    String format,
    Map<String, String> mapping,
    @Nullable Long total,
    long done,
    long failed,
    @Nullable String problem,
    Instant createdAt,
    @Nullable Instant finishedAt) {}
