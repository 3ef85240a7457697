package dev.autopilot.auth.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A person as the API shows them to themselves. */
public record UserView(
    UUID id,
    String email,
    String name,
    List<String> roles,
    boolean emailVerified,
    boolean twoFactorEnabled,
    Instant createdAt) {}
