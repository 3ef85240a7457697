package dev.autopilot.auth.key;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A key as it is stored: the public half plain, the private half sealed. */
@Entity
@Table(name = "signing_key")
class SigningKey {
  @Id private String kid;

  @Column(name = "public_key")
  private byte[] publicKey;

  @Column(name = "private_key")
  private String privateKey;

  @Column(name = "signs_from")
  private Instant signsFrom;

  @Column(name = "published_until")
  private @Nullable Instant publishedUntil;

  SigningKey() {}

  SigningKey(String kid, byte[] publicKey, String sealedPrivateKey, Instant signsFrom) {
    this.kid = kid;
    this.publicKey = publicKey;
    this.privateKey = sealedPrivateKey;
    this.signsFrom = signsFrom;
  }

  /** Another key takes over: this one is still believed for a while, and then no more. */
  void succeeded(Instant until) {
    if (publishedUntil == null) {
      publishedUntil = until;
    }
  }

  String kid() {
    return kid;
  }

  byte[] publicKey() {
    return publicKey;
  }

  String sealedPrivateKey() {
    return privateKey;
  }

  Instant signsFrom() {
    return signsFrom;
  }

  @Nullable Instant publishedUntil() {
    return publishedUntil;
  }
}
