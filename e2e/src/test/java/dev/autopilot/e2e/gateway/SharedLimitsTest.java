package dev.autopilot.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.e2e.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateways as processes of their own, which share their counts in a real Redis. */
class SharedLimitsTest {
  private static final int PER_MINUTE = 60;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<GatewayProcess> gateways = new ArrayList<>();
  private @TempDir Path folder;
  private AccessKey key;
  private Upstream upstream;
  private Redis redis;

  @BeforeEach
  void start() throws Exception {
    key = new AccessKey();
    upstream = Upstream.withoutRevocations(key);
    redis = Redis.start(folder);
  }

  @AfterEach
  void stop() throws Exception {
    gateways.forEach(GatewayProcess::close);
    redis.close();
    upstream.close();
    http.close();
  }

  @Test
  void threeGatewaysTogetherGiveNobodyMoreThanTheQuotaAndItsRefill() throws Exception {
    // Patient, since a gateway that waits no longer counts alone: that is another test's.
    List<GatewayProcess> three =
        List.of(gateway("closed", "20s"), gateway("closed", "20s"), gateway("closed", "20s"));
    List<String> people = List.of(token(), token(), token());
    long began = System.nanoTime();
    List<Callable<Integer>> clients = new ArrayList<>();
    for (String person : people) {
      for (int i = 0; i < 6; i++) {
        GatewayProcess one = three.get(i % 3);
        clients.add(() -> granted(one, person, 25));
      }
    }
    int[] granted = new int[people.size()];
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> all = threads.invokeAll(clients);
      for (int i = 0; i < all.size(); i++) {
        granted[i / 6] += all.get(i).get();
      }
    }
    long refilled = Duration.ofNanos(System.nanoTime() - began).toSeconds() + 1;

    assertThat(Arrays.stream(granted).boxed())
        .allSatisfy(
            one -> assertThat(one).isBetween(PER_MINUTE, Math.toIntExact(PER_MINUTE + refilled)));
  }

  @Test
  void openGatewaysGoOnAloneWhileRedisHangsOrIsGoneAndHardlySlower() throws Exception {
    GatewayProcess one = gateway("open", "1s");
    GatewayProcess other = gateway("open", "1s");
    String person = token();
    assertThat(granted(one, person, 40) + granted(other, person, 40)).isLessThan(80);

    redis.hang();
    assertAnsweredSoon(one, token(), 200);
    redis.kill();
    assertAnsweredSoon(other, token(), 200);

    String somebody = token();
    assertThat(granted(one, somebody, 80)).isBetween(PER_MINUTE, 79);
    assertThat(granted(other, somebody, 80)).as("counted alone").isBetween(PER_MINUTE, 79);
  }

  @Test
  void closedGatewaysRefuseWhileRedisHangsOrIsGoneAndSayWhenToComeAgain() throws Exception {
    GatewayProcess gateway = gateway("closed", "1s");
    assertThat(ask(gateway, token()).statusCode()).isEqualTo(200);

    redis.hang();
    assertAnsweredSoon(gateway, token(), 503);
    redis.kill();
    assertAnsweredSoon(gateway, token(), 503);

    HttpResponse<String> refused = ask(gateway, token());
    assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    assertThat(refused.body()).contains("\"code\":\"unavailable\"");
    assertThat(ask(gateway.at("/api/health"), token()).statusCode())
        .as("what isn't counted")
        .isEqualTo(200);
  }

  /**
   * The first may wait out the patience with Redis, the next in a second another time; most wait
   * for nothing. That patience is so long that a busy machine's delays are not taken for it.
   */
  private void assertAnsweredSoon(GatewayProcess gateway, String token, int status)
      throws Exception {
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      long asked = System.nanoTime();
      assertThat(ask(gateway, token).statusCode()).isEqualTo(status);
      millis.add(Duration.ofNanos(System.nanoTime() - asked).toMillis());
    }
    assertThat(millis).as("milliseconds").allMatch(one -> one < 10_000);
    assertThat(millis.stream().sorted().toList().get(20)).as("the median").isLessThan(500);
  }

  private GatewayProcess gateway(String whenRedisIsAway, String patience) throws IOException {
    Map<String, String> settings = new HashMap<>(GatewayProcess.leadingTo(upstream.address()));
    settings.put("REDIS_URL", redis.url());
    settings.put("RATE_LIMIT_PER_MINUTE", Integer.toString(PER_MINUTE));
    settings.put("RATE_LIMIT_PER_HOUR", "1000");
    settings.put("GATEWAY_LIMITS_WHEN_REDIS_IS_AWAY", whenRedisIsAway);
    settings.put("GATEWAY_LIMITS_PATIENCE", patience);
    List<String> command =
        GatewayProcess.BUILT.command(
            List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    GatewayProcess gateway =
        GatewayProcess.start(command, settings, folder, "gateway-" + gateways.size());
    gateways.add(gateway);
    awaitRedis(gateway);
    return gateway;
  }

  /** It connects in the background; until then it would count alone, or refuse. */
  private void awaitRedis(GatewayProcess gateway) {
    Await.until(
        "the gateway to count in Redis",
        Duration.ofSeconds(30),
        () -> {
          int before = redis.size();
          ask(gateway, token());
          return redis.size() - before;
        },
        more -> more > 0);
  }

  private int granted(GatewayProcess gateway, String token, int asked) throws Exception {
    return (int)
        IntStream.range(0, asked)
            .filter(i -> {
              int status = ask(gateway, token).statusCode();
              assertThat(status).isIn(200, 429);
              return status == 200;
            })
            .count();
  }

  private HttpResponse<String> ask(GatewayProcess gateway, String token) {
    return ask(gateway.at("/api/records"), token);
  }

  private HttpResponse<String> ask(URI address, String token) {
    try {
      return http.send(
          HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token).build(),
          BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private String token() {
    try {
      return key.mint(GatewayProcess.ISSUER);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
