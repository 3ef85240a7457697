package dev.autopilot.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucketBuilder;
import io.vertx.core.Future;
import java.time.Duration;

/** Buckets in this process; as many as are allowed, however many principals come by. */
final class LocalRations implements Rations {
  /** A bucket that nobody took from for that long is full again, and so is a new one. */
  private static final Duration FULL_AGAIN = Duration.ofHours(1);

  private final Cache<String, Bucket> buckets;
  private final TimeMeter time;

  LocalRations(int principals, TimeMeter time) {
    this.buckets =
        Caffeine.newBuilder()
            // Its upkeep is short: another thread would have to be woken for it.
            .executor(Runnable::run)
            .maximumSize(principals)
            .expireAfterAccess(FULL_AGAIN)
            .build();
    this.time = time;
  }

  @Override
  public Future<Ration> take(String key, Quota quota) {
    Bucket bucket = buckets.getIfPresent(key);
    if (bucket == null) {
      bucket = buckets.get(key, absent -> bucket(quota.bucket()));
    }
    return Future.succeededFuture(
        Ration.of(bucket.asVerbose().tryConsumeAndReturnRemaining(1), quota));
  }

  long size() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }

  private Bucket bucket(BucketConfiguration configuration) {
    LocalBucketBuilder builder = Bucket.builder().withCustomTimePrecision(time);
    for (var bandwidth : configuration.getBandwidths()) {
      builder.addLimit(bandwidth);
    }
    return builder.build();
  }
}
