package dev.autopilot.projects.transfer;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An import, as the worker that leased it knows it.
 *
 * @param position rows read, whether they became records or errors
 * @param attempts how often it was taken up since that place was reached, this time included
 */
record ImportJob(
    UUID id,
    UUID databaseId,
    UUID ownerId,
    UUID requestedBy,
    Format format,
    Mapping mapping,
    @Nullable Long total,
    long position,
    int attempts) {}
