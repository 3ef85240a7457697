package dev.autopilot.auth.password;

import dev.autopilot.kernel.problem.CommonError;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The few threads that hash passwords. A hash takes tens of milliseconds of a whole processor and
 * 19 MiB: on virtual threads a flood of sign-ins would take every carrier and all memory. Here it
 * can only make other sign-ins wait, and no longer than the queue is long.
 */
@ApplicationScoped
class HashingPool {
  private static final Duration COME_AGAIN = Duration.ofSeconds(1);

  private final ThreadFactory threads = Thread.ofPlatform().name("hashing-", 0).daemon().factory();
  private final ThreadPoolExecutor hashers;
  private final Timer hashed;

  HashingPool(PasswordSettings settings, MeterRegistry meters) {
    int threads =
        settings.hashers().orElse(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
    this.hashers =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(settings.queue()),
            this::hasher);
    this.hashers.allowCoreThreadTimeOut(true);
    this.hashed =
        Timer.builder("auth.password.hashing")
            .description("Passwords and backup codes hashed, without the wait for a hasher")
            .register(meters);
    Gauge.builder("auth.password.waiting", hashers, pool -> pool.getQueue().size())
        .description("How many wait for a hasher")
        .register(meters);
  }

  /** The result, or 503 with {@code Retry-After} when too many wait already. */
  <T> T run(Callable<T> hashing) {
    Future<T> result;
    try {
      result = hashers.submit(hashed.wrap(hashing));
    } catch (RejectedExecutionException full) {
      throw CommonError.UNAVAILABLE
          .problem("Too many sign-ins at once; try again in a moment.")
          .retryAfter(COME_AGAIN);
    }
    try {
      return result.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("Hashing failed", failed.getCause());
    } catch (InterruptedException stopping) {
      result.cancel(true);
      Thread.currentThread().interrupt();
      throw CommonError.UNAVAILABLE.problem().retryAfter(COME_AGAIN);
    }
  }

  /**
   * A hasher ends after an idle minute. Its memory has grown old by then, and a quiet service would
   * not look there for days.
   */
  private Thread hasher(Runnable work) {
    return threads.newThread(() -> {
      work.run();
      if (!hashers.isShutdown()) {
        Argon2id.giveMemoryBack();
      }
    });
  }

  /** How many wait for a hasher. */
  int waiting() {
    return hashers.getQueue().size();
  }

  @PreDestroy
  void stop() {
    hashers.shutdownNow();
  }
}
