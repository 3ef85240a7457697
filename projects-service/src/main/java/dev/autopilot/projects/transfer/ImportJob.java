package dev.autopilot.projects.transfer;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An import, as the worker that leased it knows it. */
record ImportJob(
    UUID id,
    UUID databaseId,
    UUID ownerId,
    UUID requestedBy,
    Format format,
    Mapping mapping,
    @Nullable Long total,
    long position) {}
