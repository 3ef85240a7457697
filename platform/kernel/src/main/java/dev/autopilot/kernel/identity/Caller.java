package dev.autopilot.kernel.identity;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The person a request is made for.
 *
 * @param userId whose rows the request may see
 * @param sessionId the device signed in; null when a token or a service acts for the person
 * @param scopes what the token may do, such as {@code projects} or {@code projects:read}
 */
public record Caller(UUID userId, @Nullable UUID sessionId, Set<String> roles, Set<String> scopes) {

  public boolean isAdmin() {
    return roles.contains("admin");
  }

  /** Whether the token allows this: {@code projects} allows {@code projects:read} as well. */
  public boolean mayUse(String scope, boolean onlyReading) {
    return scopes.contains(scope) || (onlyReading && scopes.contains(scope + ":read"));
  }
}
