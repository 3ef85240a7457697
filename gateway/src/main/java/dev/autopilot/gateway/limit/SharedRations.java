package dev.autopilot.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.codec.ByteArrayCodec;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Buckets in Redis or Valkey, which all gateways take from: compare and swap, so that none is lost
 * or counted twice. Requests of one principal that meet in this process are taken together. When
 * Redis fails it is left alone for a moment, so that only a few requests wait for it in vain.
 */
final class SharedRations implements Rations, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(SharedRations.class);
  private static final String PREFIX = "autopilot:rate:";
  private static final Duration KEPT_OPEN = Duration.ofMinutes(2);

  private final RedisClient redis;
  private final LimitSettings settings;
  private final @Nullable Rations meanwhile;
  private final Cache<String, AsyncBucketProxy> buckets;
  private final Thread connecting;
  private volatile @Nullable AsyncProxyManager<byte[]> shared;
  private volatile long awayUntil = System.nanoTime();
  private volatile boolean away;

  /**
   * @param meanwhile who counts while Redis is away; null when nobody may then pass
   */
  SharedRations(String url, LimitSettings settings, @Nullable Rations meanwhile) {
    this.settings = settings;
    this.meanwhile = meanwhile;
    this.buckets =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(settings.principals())
            .expireAfterAccess(KEPT_OPEN)
            .build();
    this.redis = RedisClient.create(url);
    redis.setOptions(
        ClientOptions.builder()
            .autoReconnect(true)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .socketOptions(SocketOptions.builder().connectTimeout(Duration.ofSeconds(1)).build())
            .timeoutOptions(TimeoutOptions.enabled(settings.patience()))
            .build());
    this.connecting = Thread.ofVirtual().name("redis").start(this::connect);
  }

  @Override
  public Future<Ration> take(String key, Quota quota) {
    AsyncProxyManager<byte[]> manager = shared;
    if (manager == null || System.nanoTime() - awayUntil < 0) {
      return whileAway(key, quota);
    }
    CompletableFuture<Ration> asked =
        bucket(manager, key, quota)
            .asVerbose()
            .tryConsumeAndReturnRemaining(1)
            .thenApply(result -> Ration.of(result, quota))
            .orTimeout(settings.patience().toNanos(), TimeUnit.NANOSECONDS);
    return here(asked)
        .transform(answer -> {
          if (answer.succeeded()) {
            isBack();
            return Future.succeededFuture(answer.result());
          }
          isAway(answer.cause());
          return whileAway(key, quota);
        });
  }

  /** What comes next belongs on the event loop that asked, not on a thread of the client's. */
  private static Future<Ration> here(CompletableFuture<Ration> asked) {
    Context asking = Vertx.currentContext();
    return asking == null
        ? Future.fromCompletionStage(asked)
        : Future.fromCompletionStage(asked, asking);
  }

  @Override
  public void close() {
    connecting.interrupt();
    redis.shutdown(Duration.ZERO, Duration.ofSeconds(1));
  }

  boolean isConnected() {
    return shared != null;
  }

  private Future<Ration> whileAway(String key, Quota quota) {
    return meanwhile == null
        ? Future.failedFuture(new LimiterAwayException())
        : meanwhile.take(key, quota);
  }

  /** The quota is part of the name: another configuration begins with other buckets. */
  private AsyncBucketProxy bucket(AsyncProxyManager<byte[]> manager, String key, Quota quota) {
    return buckets.get(
        key,
        absent -> {
          String name = PREFIX + quota.perMinute() + "-" + quota.perHour() + ":" + key;
          return manager
              .builder()
              .withOptimization(Optimizations.batching())
              .build(
                  name.getBytes(StandardCharsets.UTF_8),
                  () -> CompletableFuture.completedFuture(quota.bucket()));
        });
  }

  private void connect() {
    while (true) {
      try {
        var connection = redis.connect(ByteArrayCodec.INSTANCE);
        shared =
            Bucket4jLettuce.casBasedBuilder(connection)
                .expirationAfterWrite(
                    ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(
                        Duration.ofMinutes(1)))
                .build()
                .asAsync();
        isBack();
        return;
      } catch (RedisException notYet) {
        isAway(notYet);
      }
      try {
        Thread.sleep(settings.retryAfter());
      } catch (InterruptedException closed) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void isAway(Throwable why) {
    awayUntil = System.nanoTime() + settings.retryAfter().toNanos();
    if (!away) {
      away = true;
      LOG.warnf(
          "Redis is away; limits are %s meanwhile: %s",
          meanwhile == null ? "closed" : "counted by each gateway alone", why);
    }
  }

  private void isBack() {
    if (away) {
      away = false;
      LOG.info("Redis is back; limits are shared again");
    }
  }
}
