package dev.autopilot.gateway.revocation;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** A gateway that doesn't know what was revoked would let it in. */
@Readiness
@ApplicationScoped
class RevocationsKnown implements HealthCheck {
  private final Revocations revocations;

  RevocationsKnown(Revocations revocations) {
    this.revocations = revocations;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("revocations")
        .status(revocations.areKnown())
        .withData("known", revocations.size())
        .build();
  }
}
