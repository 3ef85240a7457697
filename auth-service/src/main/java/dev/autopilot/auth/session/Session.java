package dev.autopilot.auth.session;

import dev.autopilot.auth.device.Device;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A device signed in, and at the same time the family of the refresh tokens that followed each
 * other on it. It is ended by one statement (see {@link RevokeSessions}), never through this
 * object, so that nobody who read it earlier can bring it back to life.
 */
@Entity
@Table(name = "session")
class Session {
  @Id private UUID id;

  @Column(name = "account_id", updatable = false)
  private UUID accountId;

  /** How the person proved who they are: RFC 8176 names, separated by spaces. */
  @Column(updatable = false)
  private String amr;

  @Column(updatable = false)
  private String method;

  @Column(updatable = false)
  private String address;

  @Column(name = "user_agent", updatable = false)
  private @Nullable String userAgent;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  @Column(name = "last_used_at", updatable = false)
  private Instant lastUsedAt;

  @Column(name = "expires_at", updatable = false)
  private Instant expiresAt;

  @Column(name = "revoked_at", insertable = false, updatable = false)
  private @Nullable Instant revokedAt;

  Session() {}

  Session(
      UUID id, UUID accountId, SignInMethod method, Device device, Instant now, Instant expiresAt) {
    this.id = id;
    this.accountId = accountId;
    this.amr = String.join(" ", method.amr());
    this.method = method.name();
    this.address = device.address();
    this.userAgent = device.userAgent();
    this.createdAt = now;
    this.lastUsedAt = now;
    this.expiresAt = expiresAt;
  }

  UserSignedIn signedIn() {
    return new UserSignedIn(accountId, id, method);
  }

  UUID id() {
    return id;
  }

  UUID accountId() {
    return accountId;
  }

  List<String> amr() {
    return List.of(amr.split(" "));
  }

  Instant createdAt() {
    return createdAt;
  }

  boolean goesOnAt(Instant now) {
    return revokedAt == null && expiresAt.isAfter(now);
  }

  SessionView view(@Nullable UUID current) {
    return new SessionView(
        id, id.equals(current), method, address, userAgent, createdAt, lastUsedAt, expiresAt);
  }
}
