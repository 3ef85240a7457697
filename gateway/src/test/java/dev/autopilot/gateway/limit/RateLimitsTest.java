package dev.autopilot.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.gateway.testing.Caller;
import dev.autopilot.gateway.testing.TestService;
import dev.autopilot.gateway.testing.WithServices;
import dev.autopilot.testkit.Tokens;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithServers
@WithServices
class RateLimitsTest {

  @Test
  void whatIsLeftIsSaidOnEveryAnswerUntilThereIsNothingLeft() {
    try (TestService projects = TestService.echo("projects")) {
      String token = Tokens.forUser(UUID.randomUUID()).mint();
      for (int left = 2; left >= 0; left--) {
        HttpResponse<String> answer = ask(token);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("RateLimit").orElseThrow())
            .startsWith("\"permin\";r=" + left + ";t=");
        assertThat(answer.headers().firstValue("RateLimit-Policy"))
            .contains("\"permin\";q=3;w=60,\"perhour\";q=100;w=3600");
      }
      HttpResponse<String> refused = ask(token);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(Caller.json(refused).getString("code")).isEqualTo("rate_limited");
      assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
          .isBetween(1L, 20L);
      assertThat(refused.headers().firstValue("RateLimit").orElseThrow())
          .startsWith("\"permin\";r=0");
      assertThat(projects.requests()).isEqualTo(3);
    }
  }

  @Test
  void itIsThePersonWhoIsCountedNotTheToken() {
    try (var _ = TestService.echo("projects")) {
      UUID user = UUID.randomUUID();
      for (int i = 0; i < 3; i++) {
        assertThat(ask(Tokens.forUser(user).mint()).statusCode()).isEqualTo(200);
      }
      assertThat(ask(Tokens.forUser(user).mint()).statusCode()).isEqualTo(429);
      assertThat(ask(Tokens.forUser(UUID.randomUUID()).mint()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aRoleMayHaveMore() {
    try (var _ = TestService.echo("projects")) {
      String admin = Tokens.forUser(UUID.randomUUID()).admin().mint();
      assertThat(ask(admin).headers().firstValue("RateLimit-Policy").orElseThrow())
          .startsWith("\"permin\";q=6;w=60");
    }
  }

  @Test
  void whoeverHasNoTokenIsCountedBeforeBeingRefused() {
    HttpResponse<String> answer = Caller.send(Caller.anonymous("/api/records"));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("RateLimit")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/health", "/.well-known/jwks.json", "/", "/app/login"})
  void someThingsAreNotCounted(String path) {
    assertThat(Caller.send(Caller.anonymous(path)).headers().firstValue("RateLimit")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 10.1.2.3",
    "2001:db8:1:2:3:4:5:6, 20010db800010002/64",
    "2001:db8:1:2:ffff::1, 20010db800010002/64",
    "2001:db8:1:3::1, 20010db800010003/64",
    "::ffff:10.1.2.3, 10.1.2.3",
    "0:0:0:0:0:0:0:1, 0000000000000000/64"
  })
  void anAddressIsCountedBySubnet(String address, String subnet) {
    assertThat(Subnet.of(address)).isEqualTo(subnet);
  }

  private static HttpResponse<String> ask(String token) {
    return Caller.send(
        Caller.anonymous("/test/limited").header("Authorization", "Bearer " + token));
  }
}
