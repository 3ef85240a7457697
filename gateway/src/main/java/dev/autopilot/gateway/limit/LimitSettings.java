package dev.autopilot.gateway.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How much a principal may ask for. */
@ConfigMapping(prefix = "gateway.limits")
interface LimitSettings {
  /** Quotas by the rate class that routes name; {@code default} must be there. */
  Map<String, QuotaSettings> classes();

  /** What roles multiply the quotas by; of several roles the most generous counts. */
  Map<String, Double> roles();

  /** Redis or Valkey, for several gateways that share their counts; else each counts alone. */
  @WithDefault("${REDIS_URL:}")
  Optional<String> redisUrl();

  /**
   * {@code open} lets each gateway count alone while Redis is away, {@code closed} refuses: 503.
   */
  @WithDefault("open")
  WhenAway whenRedisIsAway();

  /** The longest that a request waits for Redis. */
  @WithDefault("50ms")
  Duration patience();

  /** For how long Redis is left alone after it failed. */
  @WithDefault("1s")
  Duration retryAfter();

  /**
   * How many personal access tokens that turn out worthless an address may show in a minute; those
   * that are known to be good go on.
   */
  @WithDefault("60")
  int guessesPerMinute();

  /** How many principals are counted at once; the least active are forgotten beyond that. */
  @WithDefault("100000")
  int principals();

  /** One quota. */
  interface QuotaSettings {
    @WithDefault("60")
    int perMinute();

    @WithDefault("1000")
    int perHour();
  }

  /** What to do when nobody can be asked how much has been used. */
  enum WhenAway {
    OPEN,
    CLOSED
  }
}
