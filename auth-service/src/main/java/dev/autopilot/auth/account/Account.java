package dev.autopilot.auth.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person who may sign in. How they prove who they are is kept elsewhere, per kind of proof. */
@Entity
@Table(name = "account")
public class Account {
  @Id private UUID id;

  private String email;

  @Column(name = "email_key")
  private String emailKey;

  private String name;

  @Enumerated(EnumType.STRING)
  private Role role;

  @Column(name = "email_verified_at")
  private @Nullable Instant emailVerifiedAt;

  @Column(name = "two_factor_since")
  private @Nullable Instant twoFactorSince;

  @Column(name = "created_at", updatable = false)
  private Instant createdAt;

  @Version private long version;

  Account() {}

  public UserRegistered registered() {
    return new UserRegistered(id, name, role.wireName());
  }

  /** The address is proved to be theirs, now or earlier. */
  void verified(Instant now) {
    if (emailVerifiedAt == null) {
      emailVerifiedAt = now;
    }
  }

  void promote() {
    role = Role.ADMIN;
  }

  public void rename(String newName) {
    name = newName;
  }

  public TwoFactorChanged enableSecondFactor(Instant now) {
    twoFactorSince = now;
    return new TwoFactorChanged("auth.two_factor.enabled", id, version + 1);
  }

  public TwoFactorChanged disableSecondFactor() {
    twoFactorSince = null;
    return new TwoFactorChanged("auth.two_factor.disabled", id, version + 1);
  }

  /** What everybody who keeps something of this person is told. */
  public UserDeleted erased() {
    return new UserDeleted(id, version + 1);
  }

  public UUID id() {
    return id;
  }

  public EmailAddress email() {
    return new EmailAddress(email);
  }

  public String name() {
    return name;
  }

  public Role role() {
    return role;
  }

  public long version() {
    return version;
  }

  public boolean emailVerified() {
    return emailVerifiedAt != null;
  }

  public boolean twoFactorEnabled() {
    return twoFactorSince != null;
  }

  public UserView view() {
    return new UserView(
        id, email, name, role.names(), emailVerified(), twoFactorEnabled(), createdAt);
  }
}
