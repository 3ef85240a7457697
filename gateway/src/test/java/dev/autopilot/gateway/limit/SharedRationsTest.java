package dev.autopilot.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.bucket4j.TimeMeter;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

/** With a real Redis. */
class SharedRationsTest {
  private static final Settings SETTINGS = new Settings();

  private final Quota quota = Quota.of(60, 1_000);
  private final List<SharedRations> gateways = new ArrayList<>();
  private int port;
  private RedisServer redis;

  @BeforeEach
  void start() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    redis = startRedis();
  }

  @AfterEach
  void stop() throws IOException {
    gateways.forEach(SharedRations::close);
    redis.stop();
  }

  @Test
  void threeGatewaysTogetherGiveNobodyMoreThanTheQuotaAndItsRefill() throws Exception {
    List<SharedRations> three = List.of(gateway(null), gateway(null), gateway(null));
    long began = System.nanoTime();
    long granted = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
      List<Callable<Long>> askers = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        SharedRations one = three.get(i % 3);
        askers.add(() -> granted(one, "user:7", 50));
      }
      for (Future<Long> one : threads.invokeAll(askers)) {
        granted += one.get();
      }
    }
    long refilled = Duration.ofNanos(System.nanoTime() - began).toSeconds() + 1;
    assertThat(granted).isBetween(60L, 60 + refilled);
  }

  @Test
  void principalsDoNotShare() {
    SharedRations gateway = gateway(null);
    assertThat(granted(gateway, "user:1", 61)).isBetween(60L, 61L);
    assertThat(granted(gateway, "user:2", 30)).isEqualTo(30);
  }

  @Test
  void whileRedisIsAwayEachGatewayCountsAloneIfItIsTo() throws Exception {
    SharedRations gateway = gateway(new LocalRations(1_000, TimeMeter.SYSTEM_NANOTIME));
    redis.stop();
    assertThat(granted(gateway, "user:3", 100)).isBetween(60L, 62L);
  }

  @Test
  void whileRedisIsAwayNobodyPassesIfItIsToBeClosed() throws Exception {
    SharedRations gateway = gateway(null);
    redis.stop();
    await().until(() -> take(gateway, "user:4").failed());
    assertThat(take(gateway, "user:4").cause()).isInstanceOf(LimiterAwayException.class);
  }

  @Test
  void anOutageAddsLittleLatency() throws Exception {
    SharedRations gateway = gateway(new LocalRations(1_000, TimeMeter.SYSTEM_NANOTIME));
    redis.stop();
    long began = System.nanoTime();
    granted(gateway, "user:5", 1_000);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void whenRedisIsBackTheCountIsSharedAgain() throws Exception {
    SharedRations one = gateway(new LocalRations(1_000, TimeMeter.SYSTEM_NANOTIME));
    SharedRations other = gateway(new LocalRations(1_000, TimeMeter.SYSTEM_NANOTIME));
    redis.stop();
    granted(one, "user:6", 1);
    redis = startRedis();
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(300))
        .until(() -> {
          String principal = "user:again-" + System.nanoTime();
          granted(one, principal, 30);
          return granted(other, principal, 60) < 35;
        });
  }

  private SharedRations gateway(@Nullable Rations meanwhile) {
    SharedRations gateway = new SharedRations("redis://localhost:" + port, SETTINGS, meanwhile);
    gateways.add(gateway);
    Quota probe = Quota.of(1_000, 1_000);
    await().until(() -> gateway.isConnected() && !gateway.take("probe", probe).failed());
    return gateway;
  }

  private long granted(SharedRations gateway, String key, int asked) {
    long granted = 0;
    for (int i = 0; i < asked; i++) {
      io.vertx.core.Future<Ration> answer = take(gateway, key);
      granted += answer.succeeded() && answer.result().granted() ? 1 : 0;
    }
    return granted;
  }

  private io.vertx.core.Future<Ration> take(SharedRations gateway, String key) {
    io.vertx.core.Future<Ration> answer = gateway.take(key, quota);
    try {
      answer.toCompletionStage().toCompletableFuture().join();
    } catch (java.util.concurrent.CompletionException refused) {
      return answer;
    }
    return answer;
  }

  private RedisServer startRedis() throws IOException {
    RedisServer server = RedisServer.newRedisServer().port(port).setting("save \"\"").build();
    server.start();
    return server;
  }

  private record Settings() implements LimitSettings {
    @Override
    public Map<String, QuotaSettings> classes() {
      return Map.of();
    }

    @Override
    public Map<String, Double> roles() {
      return Map.of();
    }

    @Override
    public Optional<String> redisUrl() {
      return Optional.empty();
    }

    @Override
    public WhenAway whenRedisIsAway() {
      return WhenAway.OPEN;
    }

    @Override
    public Duration patience() {
      return Duration.ofMillis(500);
    }

    @Override
    public Duration retryAfter() {
      return Duration.ofSeconds(1);
    }

    @Override
    public int guessesPerMinute() {
      return 60;
    }

    @Override
    public int principals() {
      return 1_000;
    }
  }
}
