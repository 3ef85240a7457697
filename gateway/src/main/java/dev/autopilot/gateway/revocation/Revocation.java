package dev.autopilot.gateway.revocation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * That a session, or everything a user had at that moment, is no longer worth anything.
 *
 * @param until when the last token that this is about expires anyway
 */
@RegisterForReflection
record Revocation(Instant revokedAt, Instant until) {}
