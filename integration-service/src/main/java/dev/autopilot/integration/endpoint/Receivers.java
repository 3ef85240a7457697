package dev.autopilot.integration.endpoint;

import dev.autopilot.integration.signature.Signature;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Endpoints for those who aren't asking to see or change them. */
@ApplicationScoped
public class Receivers {
  private final Endpoints endpoints;
  private final Secrets secrets;

  Receivers(Endpoints endpoints, Secrets secrets) {
    this.endpoints = endpoints;
    this.secrets = secrets;
  }

  /** The endpoint at an address, which stays there until the transaction ends; else 404. */
  public Receiver at(UUID id) {
    Endpoint endpoint = endpoints.staying(id);
    return new Receiver(
        id,
        endpoint.ownerId(),
        endpoint.scheme(),
        Signature.of(
            endpoint.scheme(),
            secrets.open(id, endpoint.sealedSecret()),
            endpoint.header(),
            endpoint.idHeader()));
  }

  /** 404 unless the endpoint is that person's. */
  public void requireOwned(UUID owner, UUID id) {
    endpoints.of(owner, id);
  }
}
