package dev.autopilot.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway as an operator might set it, by environment variables, behind a proxy. */
class GatewaySettingsTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static @TempDir Path folder;
  private static Upstream upstream;
  private static GatewayProcess gateway;

  @BeforeAll
  static void start() throws Exception {
    upstream = Upstream.withoutRevocations(new AccessKey());
    Map<String, String> settings = new HashMap<>(GatewayProcess.leadingTo(upstream.address()));
    settings.put("ALLOWED_ORIGINS", "*");
    settings.put("TRUSTED_PROXIES", "127.0.0.1/32");
    settings.put("RATE_LIMIT_PER_MINUTE", "3");
    gateway =
        GatewayProcess.start(
            GatewayProcess.BUILT.command(List.of("-Xmx64m", "-XX:+UseSerialGC")),
            settings,
            folder,
            "gateway");
  }

  @AfterAll
  static void stop() {
    gateway.close();
    upstream.close();
    HTTP.close();
  }

  @Test
  void whereEveryOriginIsAllowedNoneIsWithCookies() throws Exception {
    HttpResponse<String> answer = ask("Origin", "https://anywhere.example");

    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
  }

  @Test
  void theAddressesOfOneIpv6NetworkShareAQuotaAndOthersDoNot() throws Exception {
    assertThat(from("2001:db8:0:1::1")).isEqualTo(200);
    assertThat(from("2001:db8:0:1:ffff::2")).isEqualTo(200);
    assertThat(from("2001:db8:0:1:1:2:3:4")).isEqualTo(200);
    assertThat(from("2001:db8:0:1::5")).isEqualTo(429);
    assertThat(from("2001:db8:0:2::1")).isEqualTo(200);
  }

  @Test
  void aTrustedProxySaysWhoAsksButWhatStoodBeforeItIsNotBelieved() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(from("203.0.113." + i + ", 198.51.100.7")).isEqualTo(200);
    }
    assertThat(from("203.0.113.99, 198.51.100.7")).isEqualTo(429);
  }

  private static int from(String forwardedFor) throws Exception {
    return ask("X-Forwarded-For", forwardedFor).statusCode();
  }

  private static HttpResponse<String> ask(String header, String value) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(gateway.at("/api/models")).header(header, value).build(),
        BodyHandlers.ofString());
  }
}
