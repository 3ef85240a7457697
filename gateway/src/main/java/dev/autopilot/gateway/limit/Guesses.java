package dev.autopilot.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * How often an address may show credentials that nobody knows yet and that others have to be asked
 * about. Only those that turn out worthless are counted; each gateway counts alone.
 */
@ApplicationScoped
public class Guesses {
  /** A bucket that nobody took from for that long is full again, and so is a new one. */
  private static final Duration FULL_AGAIN = Duration.ofMinutes(1);

  private final Cache<String, Bucket> buckets;
  private final int perMinute;

  Guesses(LimitSettings settings) {
    this.perMinute = settings.guessesPerMinute();
    this.buckets =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(settings.principals())
            .expireAfterAccess(FULL_AGAIN)
            .build();
  }

  /** Takes one before anybody is asked, so that many at once are no more than one by one. */
  public Attempt begin(String address) {
    Bucket bucket = buckets.get(Subnet.of(address), first -> full());
    var probe = bucket.tryConsumeAndReturnRemaining(1);
    return new Attempt(
        bucket, probe.isConsumed(), Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  private Bucket full() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
        .build();
  }

  /** One credential that is about to be looked at. */
  public static final class Attempt {
    private final Bucket bucket;
    private final boolean granted;
    private final Duration wait;

    private Attempt(Bucket bucket, boolean granted, Duration wait) {
      this.bucket = bucket;
      this.granted = granted;
      this.wait = wait;
    }

    public boolean granted() {
      return granted;
    }

    /** How long until there is another, if this one was not granted. */
    public Duration waiting() {
      return wait;
    }

    /** It was no guess, or nobody could tell. */
    public void giveBack() {
      bucket.addTokens(1);
    }
  }
}
