package dev.autopilot.kernel.identity;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;

/**
 * An access token that has been verified: whose it is, what it may do, until when.
 *
 * @param sessionId the session it belongs to; null for tokens of services and personal ones
 */
public record AccessToken(
    String raw,
    UUID userId,
    @Nullable UUID sessionId,
    Set<String> roles,
    Set<String> scopes,
    Instant issuedAt,
    Instant expiresAt,
    JwtClaims claims) {

  @Override
  public String toString() {
    return "AccessToken[user=" + userId + ", session=" + sessionId + ", expires=" + expiresAt + "]";
  }
}
