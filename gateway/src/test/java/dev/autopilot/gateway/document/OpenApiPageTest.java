package dev.autopilot.gateway.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.gateway.testing.Caller;
import dev.autopilot.gateway.testing.TestService;
import dev.autopilot.gateway.testing.WithServices;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
@WithServices
class OpenApiPageTest {

  @Test
  void besideItIsAPageToTryItOut() {
    HttpResponse<String> page = Caller.send(Caller.anonymous("/openapi/ui/"));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("swagger-ui-bundle.js").doesNotContain("https://");
    assertThat(Caller.send(Caller.anonymous("/openapi/ui/swagger-ui-bundle.js")).statusCode())
        .isEqualTo(200);
    assertThat(Caller.send(Caller.anonymous("/openapi/ui")).statusCode()).isEqualTo(308);
    assertThat(Caller.send(Caller.anonymous("/openapi/ui/index.class")).statusCode())
        .isEqualTo(404);
  }

  @Test
  void theServicesThatAreThereAreDescribedToWhoeverAsks() {
    try (var _ =
        TestService.of(
            "projects",
            request ->
                request
                    .response()
                    .end(
                        """
                        {"openapi": "3.1.0", "paths": {
                          "/api/records": {"get": {}}, "/internal/ready": {"get": {}}, "/api/chat": {"get": {}}}}
                        """))) {
      HttpResponse<String> answer = Caller.send(Caller.anonymous("/openapi"));
      assertThat(answer.statusCode()).isEqualTo(200);
      JsonObject document = Caller.json(answer);
      assertThat(document.getString("openapi")).isEqualTo("3.1.0");
      assertThat(document.getJsonObject("paths").fieldNames()).containsExactly("/api/records");
    }
  }
}
