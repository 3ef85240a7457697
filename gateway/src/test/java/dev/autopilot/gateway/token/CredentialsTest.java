package dev.autopilot.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.gateway.testing.Caller;
import dev.autopilot.gateway.testing.TestService;
import dev.autopilot.gateway.testing.WithServices;
import dev.autopilot.testkit.Tokens;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithServers
@WithServices
class CredentialsTest {

  static List<Tokens.Untrusted> untrusted() {
    return Tokens.untrusted(UUID.randomUUID());
  }

  @Test
  void withoutATokenNothingIsPassedOn() {
    try (TestService projects = TestService.echo("projects")) {
      HttpResponse<String> answer = Caller.send(Caller.anonymous("/api/records"));
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(Caller.json(answer).getString("code")).isEqualTo("unauthenticated");
      assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertThat(projects.requests()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("untrusted")
  void anUntrustedTokenIsRefused(Tokens.Untrusted untrusted) {
    try (TestService projects = TestService.echo("projects")) {
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> answer = ask("/api/records", untrusted.token());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Caller.json(answer).getString("code")).isEqualTo("unauthenticated");
      }
      assertThat(projects.requests()).isZero();
    }
  }

  @Test
  void aValidTokenIsPassedOnForTheServiceToCheckAgain() {
    try (var _ = TestService.echo("projects")) {
      String token = Tokens.forUser(UUID.randomUUID()).mint();
      assertThat(
              Caller.json(ask("/api/records", token))
                  .getJsonObject("headers")
                  .getString("authorization"))
          .isEqualTo("Bearer " + token);
    }
  }

  @Test
  void aRememberedTokenIsRefusedOnceItExpires() {
    try (var _ = TestService.echo("projects")) {
      String token =
          Tokens.forUser(UUID.randomUUID()).expiresAt(Instant.now().plusSeconds(2)).mint();
      assertThat(ask("/api/records", token).statusCode()).isEqualTo(200);
      Awaitility.await().until(() -> ask("/api/records", token).statusCode() == 401);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/auth/register",
        "/api/auth/login",
        "/api/auth/refresh",
        "/api/auth/password/forgot",
        "/api/auth/password/reset",
        "/api/auth/email/verify",
        "/api/auth/oidc/google/login",
        "/.well-known/jwks.json"
      })
  void whatLeadsToATokenNeedsNone(String path) {
    try (var _ = TestService.echo("auth")) {
      assertThat(Caller.send(Caller.anonymous(path)).statusCode()).isEqualTo(200);
      assertThat(ask(path, "garbage").statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/auth/me",
        "/api/auth/logout",
        "/api/auth/sessions",
        "/api/auth/password/change",
        "/api/auth/logins",
        "/api/metrics",
        "/api/system-status",
        "/api/integrations",
        "/mcp"
      })
  void theRestNeedsOne(String path) {
    assertThat(Caller.send(Caller.anonymous(path)).statusCode()).isEqualTo(401);
  }

  private static HttpResponse<String> ask(String path, String token) {
    return Caller.send(Caller.anonymous(path).header("Authorization", "Bearer " + token));
  }
}
