package dev.autopilot.auth.account;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A person as the API shows them to themselves. */
@RegisterForReflection
public record UserView(
    UUID id,
    String email,
    String name,
    List<String> roles,
    boolean emailVerified,
    boolean twoFactorEnabled,
    Instant createdAt) {}
