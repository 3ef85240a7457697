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
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
@WithServices
class PersonalTokensTest {
  private static final int GUESSES = 5;
  private static final String GUESSER = "127.0.0.2";

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
  void whoGuessesIsStoppedBeforeAuthIsAskedAndWhatIsKnownGoesOn() {
    AtomicBoolean worthless = new AtomicBoolean();
    try (TestService auth =
            TestService.of(
                "auth",
                request -> {
                  if (worthless.get()) {
                    request.response().setStatusCode(400).end("{\"error\":\"invalid_grant\"}");
                  } else {
                    exchange(request);
                  }
                });
        var _ = TestService.echo("projects")) {
      String good = "ap_" + UUID.randomUUID();
      assertThat(from(GUESSER, good).statusCode()).isEqualTo(200);
      worthless.set(true);
      for (int i = 0; i < GUESSES; i++) {
        assertThat(from(GUESSER, "ap_" + UUID.randomUUID()).statusCode()).isEqualTo(401);
      }
      HttpResponse<String> refused = from(GUESSER, "ap_" + UUID.randomUUID());
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(auth.requests()).isEqualTo(1 + GUESSES);
      assertThat(from(GUESSER, good).statusCode()).isEqualTo(200);
      assertThat(from("127.0.0.3", "ap_" + UUID.randomUUID()).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void whoShowsOneWorthlessTokenAgainAndAgainShutsOutNobodyBesideThem() {
    try (TestService auth =
        TestService.of(
            "auth",
            request ->
                request.response().setStatusCode(400).end("{\"error\":\"invalid_grant\"}"))) {
      String expired = "ap_" + UUID.randomUUID();
      for (int i = 0; i < 2 * GUESSES; i++) {
        assertThat(from("127.0.0.4", expired).statusCode()).isEqualTo(401);
      }
      assertThat(auth.requests()).isOne();
      assertThat(from("127.0.0.4", "ap_" + UUID.randomUUID()).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void whereItMakesNoDifferenceNobodyAsksWhoseATokenIs() {
    try (TestService auth = TestService.echo("auth")) {
      assertThat(
              Caller.send(
                      Caller.anonymous("/.well-known/jwks.json")
                          .header("Authorization", "Bearer ap_" + UUID.randomUUID()))
                  .statusCode())
          .isEqualTo(200);
      assertThat(auth.requests()).as("for the page itself").isOne();
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

  private static HttpResponse<String> from(String address, String token) {
    try (HttpClient client =
        HttpClient.newBuilder().localAddress(InetAddress.ofLiteral(address)).build()) {
      return client.send(
          Caller.anonymous("/api/records").header("Authorization", "Bearer " + token).build(),
          BodyHandlers.ofString());
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static HttpResponse<String> ask(String token) {
    return Caller.send(Caller.anonymous("/api/records").header("Authorization", "Bearer " + token));
  }
}
