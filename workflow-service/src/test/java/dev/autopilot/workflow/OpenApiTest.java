package dev.autopilot.workflow;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;

import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class OpenApiTest {
  @Test
  void theApiIsDescribed() {
    given()
        .get("/q/openapi?format=json")
        .then()
        .statusCode(200)
        .body("info.title", equalTo("Autopilot workflows"))
        .body("paths", hasKey("/api/workflows/validate"));
  }
}
