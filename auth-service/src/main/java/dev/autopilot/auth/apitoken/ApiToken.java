package dev.autopilot.auth.apitoken;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A personal access token as it is kept: what it allows, until when, and its hash. */
@Entity
@Table(name = "api_token")
class ApiToken {
  @Id private UUID id;

  @Column(name = "account_id", updatable = false)
  private UUID accountId;

  @Column(updatable = false)
  private byte[] hash;

  @Column(updatable = false)
  private String beginning;

  @Column(updatable = false)
  private String name;

  @Column(updatable = false)
  private String scopes;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  @Column(name = "expires_at", updatable = false)
  private @Nullable Instant expiresAt;

  @Column(name = "last_used_at", insertable = false, updatable = false)
  private @Nullable Instant lastUsedAt;

  ApiToken() {}

  ApiToken(
      UUID id,
      UUID accountId,
      PersonalToken token,
      String name,
      Set<String> scopes,
      @Nullable Instant expiresAt,
      Instant now) {
    this.id = id;
    this.accountId = accountId;
    this.hash = token.hash();
    this.beginning = token.beginning();
    this.name = name;
    this.scopes = String.join(" ", new TreeSet<>(scopes));
    this.createdAt = now;
    this.expiresAt = expiresAt;
  }

  UUID id() {
    return id;
  }

  UUID accountId() {
    return accountId;
  }

  Set<String> scopes() {
    return Set.of(scopes.split(" "));
  }

  @Nullable Instant expiresAt() {
    return expiresAt;
  }

  boolean isGoodAt(Instant now) {
    return expiresAt == null || expiresAt.isAfter(now);
  }

  ApiTokenView view(@Nullable PersonalToken shownOnce) {
    return new ApiTokenView(
        id,
        name,
        List.of(scopes.split(" ")),
        beginning,
        createdAt,
        expiresAt,
        lastUsedAt,
        shownOnce == null ? null : shownOnce.value());
  }
}
