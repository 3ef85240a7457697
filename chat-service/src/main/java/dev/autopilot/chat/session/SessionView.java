package dev.autopilot.chat.session;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A session as its owner sees it. */
public record SessionView(
    UUID id,
    String title,
    @Nullable String model,
    @Nullable String systemPrompt,
    @Nullable UUID projectId,
    int messageCount,
    Instant createdAt,
    Instant updatedAt) {}
