package dev.autopilot.auth.session;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A device signed in.
 *
 * @param current whether it is the one that asks
 */
public record SessionView(
    UUID id,
    boolean current,
    String method,
    String address,
    @Nullable String userAgent,
    Instant createdAt,
    Instant lastUsedAt,
    Instant expiresAt) {}
