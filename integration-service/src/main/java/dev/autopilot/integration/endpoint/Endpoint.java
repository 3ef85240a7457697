package dev.autopilot.integration.endpoint;

import dev.autopilot.integration.signature.Scheme;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where somebody lets a sender call, and how the sender is known. */
@Entity
class Endpoint {
  @Id private UUID id;
  private UUID ownerId;
  private String name;

  @Enumerated(EnumType.STRING)
  private Scheme scheme;

  private @Nullable String header;
  private @Nullable String idHeader;
  private @Nullable String sealedSecret;
  private Instant createdAt;
  private Instant updatedAt;
  @Version private long version;

  protected Endpoint() {}

  Endpoint(UUID id, UUID ownerId, NewEndpoint wanted, @Nullable String sealedSecret, Instant now) {
    this.id = id;
    this.ownerId = ownerId;
    this.name = wanted.name();
    this.scheme = wanted.verification().scheme();
    this.header = wanted.verification().header();
    this.idHeader = wanted.verification().idHeader();
    this.sealedSecret = sealedSecret;
    this.createdAt = now;
    this.updatedAt = now;
  }

  EndpointCreated created() {
    return new EndpointCreated(id, name, ownerId, version);
  }

  /** As it would be asked for now; without the secret, which stays unless a new one is given. */
  NewEndpoint editable() {
    return new NewEndpoint(name, new Verification(scheme, null, header, idHeader));
  }

  /** A secret is for one scheme: with another scheme the old one is of no use. */
  boolean needsNewSecretFor(Verification wanted) {
    return wanted.secret() != null || wanted.scheme() != scheme;
  }

  void replaceSecret(@Nullable String sealed, Instant now) {
    sealedSecret = sealed;
    updatedAt = now;
  }

  void edit(NewEndpoint wanted, Instant now) {
    Verification verification = wanted.verification();
    if (wanted.equals(editable())) {
      return;
    }
    name = wanted.name();
    scheme = verification.scheme();
    header = verification.header();
    idHeader = verification.idHeader();
    updatedAt = now;
  }

  EndpointDeleted deleted() {
    return new EndpointDeleted(id, name, ownerId, version + 1);
  }

  UUID id() {
    return id;
  }

  UUID ownerId() {
    return ownerId;
  }

  Scheme scheme() {
    return scheme;
  }

  @Nullable String header() {
    return header;
  }

  @Nullable String idHeader() {
    return idHeader;
  }

  @Nullable String sealedSecret() {
    return sealedSecret;
  }

  long version() {
    return version;
  }

  /**
   * @param baseUrl of the gateway
   * @param secret to be shown this once, if at all
   */
  EndpointView view(String baseUrl, @Nullable String secret) {
    return new EndpointView(
        id,
        name,
        baseUrl + "/api/webhooks/" + id,
        new EndpointView.Shown(scheme, header, idHeader, sealedSecret != null),
        secret,
        createdAt,
        updatedAt);
  }
}
