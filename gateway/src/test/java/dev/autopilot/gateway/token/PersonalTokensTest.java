package dev.autopilot.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.gateway.testing.Caller;
import dev.autopilot.gateway.testing.TestService;
import dev.autopilot.gateway.testing.WithServices;
import dev.autopilot.testkit.Tokens;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
@WithServices
class PersonalTokensTest {
  private final String accessToken = Tokens.forUser(UUID.randomUUID()).scope("projects").mint();

  @Test
  void aPersonalTokenIsExchangedOnceAndTheServiceSeesOnlyTheAccessToken() {
    try (TestService auth = TestService.of("auth", this::exchange);
        var _ = TestService.echo("projects")) {
      String personal = "ap_" + UUID.randomUUID();
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> answer = ask(personal);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Caller.json(answer).getJsonObject("headers").getString("authorization"))
            .isEqualTo("Bearer " + accessToken);
      }
      assertThat(auth.requests()).isOne();
    }
  }

  @Test
  void aPersonalTokenThatAuthDoesNotKnowIsRefused() {
    try (var _ =
        TestService.of(
            "auth",
            request ->
                request.response().setStatusCode(400).end("{\"error\":\"invalid_grant\"}"))) {
      HttpResponse<String> answer = ask("ap_" + UUID.randomUUID());
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(Caller.json(answer).getString("code")).isEqualTo("unauthenticated");
    }
  }

  @Test
  void whileAuthIsAwayAPersonalTokenIsNeitherGoodNorBad() {
    HttpResponse<String> answer = ask("ap_" + UUID.randomUUID());
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  private void exchange(HttpServerRequest request) {
    boolean known =
        request.path().equals("/internal/token")
            && String.valueOf(request.getHeader("Authorization")).startsWith("Basic ");
    var _ =
        request
            .response()
            .setStatusCode(known ? 200 : 401)
            .end(
                new JsonObject()
                    .put("access_token", accessToken)
                    .put("token_type", "Bearer")
                    .put("expires_in", 300)
                    .encode());
  }

  private static HttpResponse<String> ask(String token) {
    return Caller.send(Caller.anonymous("/api/records").header("Authorization", "Bearer " + token));
  }
}
