package dev.autopilot.kernel.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReadyResourceTest {
  private final Something something;

  ReadyResourceTest(@Readiness Something something) {
    this.something = something;
  }

  @Test
  void saysWithoutATokenWhetherTheServiceIsReadyAndNotWhyNot() {
    given()
        .get("/internal/ready")
        .then()
        .statusCode(200)
        .body("status", equalTo("UP"))
        .body("$", aMapWithSize(1));

    something.up.set(false);
    try {
      given()
          .get("/internal/ready")
          .then()
          .statusCode(503)
          .body("status", equalTo("DOWN"))
          .body("$", aMapWithSize(1));
    } finally {
      something.up.set(true);
    }
  }

  /** What a service needs to be ready. */
  @Readiness
  @Singleton
  static class Something implements HealthCheck {
    private final AtomicBoolean up = new AtomicBoolean(true);

    @Override
    public HealthCheckResponse call() {
      return HealthCheckResponse.named("something").status(up.get()).build();
    }
  }
}
