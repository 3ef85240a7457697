package dev.autopilot.gateway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.gateway.testing.Caller;
import dev.autopilot.gateway.testing.TestService;
import dev.autopilot.gateway.testing.WithServices;
import dev.autopilot.testkit.Tokens;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As auth-service's README says that cookies are to be treated. */
@QuarkusTest
@WithServers
@WithServices
class CookieSessionTest {
  private final UUID session = UUID.randomUUID();
  private final String token = Tokens.forUser(UUID.randomUUID()).session(session).mint();
  private TestService projects;

  @BeforeEach
  void start() {
    projects = TestService.echo("projects");
  }

  @AfterEach
  void stop() {
    projects.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"autopilot_access", "__Host-autopilot_access"})
  void theCookiesTokenIsPassedOnAsBearerAndTheCookieIsNot(String name) {
    JsonObject heard =
        Caller.json(Caller.send(withCookie(name, "theme=dark; ").GET())).getJsonObject("headers");
    assertThat(heard.getString("authorization")).isEqualTo("Bearer " + token);
    assertThat(heard.getString("cookie")).isEqualTo("theme=dark");
  }

  @Test
  void anUnsafeMethodNeedsTheSessionsCsrfToken() {
    assertThat(post(csrfToken(session)).statusCode()).isEqualTo(200);
    assertRefused(post(csrfToken(UUID.randomUUID())));
    assertRefused(post("guess"));
    assertRefused(
        Caller.send(withCookie("autopilot_access", "").POST(BodyPublishers.ofString("{}"))));
    assertThat(projects.requests()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "http://gateway.test.evil"})
  void anUnsafeMethodFromAnotherOriginIsRefusedEvenWithIt(String origin) {
    assertRefused(
        Caller.send(
            withCookie("autopilot_access", "")
                .header("X-CSRF-Token", csrfToken(session))
                .header("Origin", origin)
                .POST(BodyPublishers.ofString("{}"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://gateway.test", "https://app.example"})
  void aTrustedOriginMayUseTheSession(String origin) {
    HttpResponse<String> answer =
        Caller.send(
            withCookie("autopilot_access", "")
                .header("X-CSRF-Token", csrfToken(session))
                .header("Origin", origin)
                .POST(BodyPublishers.ofString("{}")));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void aBearerNeedsNoCsrfToken() {
    assertThat(Caller.post("/api/records", "{}").statusCode()).isEqualTo(200);
  }

  private HttpRequest.Builder withCookie(String name, String others) {
    return Caller.anonymous("/api/records").header("Cookie", others + name + "=" + token);
  }

  private HttpResponse<String> post(String csrfToken) {
    return Caller.send(
        withCookie("autopilot_access", "")
            .header("X-CSRF-Token", csrfToken)
            .POST(BodyPublishers.ofString("{}")));
  }

  private static void assertRefused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(Caller.json(answer).getString("code")).isEqualTo("csrf_failed");
  }

  /** As auth-service makes it, by a key that it derives as the gateway does. */
  private static String csrfToken(UUID session) {
    try {
      String secret = ConfigProvider.getConfig().getValue("SECRET_KEY", String.class);
      byte[] key = hmac(secret.getBytes(StandardCharsets.UTF_8), "autopilot/v1/csrf");
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(key, session.toString()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
