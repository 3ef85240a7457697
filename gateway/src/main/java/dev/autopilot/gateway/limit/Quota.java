package dev.autopilot.gateway.limit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;

/**
 * So many requests a minute and so many an hour, refilled evenly: in no window does anybody get
 * more than the quota and what was refilled meanwhile.
 *
 * @param policy the {@code RateLimit-Policy} field of the IETF draft
 */
record Quota(int perMinute, int perHour, String policy, BucketConfiguration bucket) {
  static final String[] NAMES = {"permin", "perhour"};
  static final long[] WINDOWS = {60, 3_600};

  static Quota of(int perMinute, int perHour) {
    if (perMinute < 1 || perHour < perMinute) {
      throw new IllegalArgumentException(
          "gateway.limits: per-minute must be at least 1, and per-hour at least per-minute.");
    }
    return new Quota(
        perMinute,
        perHour,
        "\"permin\";q=%d;w=60,\"perhour\";q=%d;w=3600".formatted(perMinute, perHour),
        BucketConfiguration.builder()
            .addLimit(limit(perMinute, Duration.ofMinutes(1)))
            .addLimit(limit(perHour, Duration.ofHours(1)))
            .build());
  }

  Quota times(double factor) {
    return of((int) Math.ceil(perMinute * factor), (int) Math.ceil(perHour * factor));
  }

  long capacity(int window) {
    return window == 0 ? perMinute : perHour;
  }

  private static Bandwidth limit(int tokens, Duration window) {
    return Bandwidth.builder().capacity(tokens).refillGreedy(tokens, window).build();
  }
}
