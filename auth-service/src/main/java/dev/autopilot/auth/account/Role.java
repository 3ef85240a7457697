package dev.autopilot.auth.account;

import java.util.List;
import java.util.Set;

/** What a person is here. An administrator is a user as well. */
public enum Role {
  USER,
  ADMIN;

  /** As tokens and the API name it, and as events tell it. */
  public String wireName() {
    return switch (this) {
      case USER -> "user";
      case ADMIN -> "admin";
    };
  }

  /** What the {@code roles} claim says. */
  public List<String> names() {
    return switch (this) {
      case USER -> List.of("user");
      case ADMIN -> List.of("user", "admin");
    };
  }

  /** All that a person of this role may grant a token. */
  public Set<String> scopes() {
    return switch (this) {
      case USER -> USER_SCOPES;
      case ADMIN -> ADMIN_SCOPES;
    };
  }

  private static final Set<String> USER_SCOPES =
      Set.of("chat", "projects", "workflows", "integrations", "dashboard");
  private static final Set<String> ADMIN_SCOPES =
      Set.of("chat", "projects", "workflows", "integrations", "dashboard", "admin", "metrics");
}
