package dev.autopilot.auth.apitoken;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A personal access token.
 *
 * @param beginning its first characters, to know it by
 * @param lastUsedAt to the minute
 * @param token the token itself; only in the answer that made it
 */
public record ApiTokenView(
    UUID id,
    String name,
    List<String> scopes,
    String beginning,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String token) {

  /** Secrets are never logged. */
  @Override
  public String toString() {
    return "ApiTokenView[" + id + "]";
  }
}
