package dev.autopilot.events.database;

import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.FailureTranslation;
import dev.autopilot.kernel.problem.ProblemException;
import jakarta.inject.Singleton;
import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.StaleStateException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the database refuses, as a client understands it. */
@Singleton
class DatabaseFailures implements FailureTranslation {
  private static final Logger LOG = Logger.getLogger(DatabaseFailures.class);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration QUIET = Duration.ofSeconds(10);

  private final AtomicLong warnedAt = new AtomicLong(System.nanoTime() - QUIET.toNanos());

  @Override
  public @Nullable ProblemException translate(Throwable failure) {
    return switch (failure) {
      case OptimisticLockException lost -> CommonError.PRECONDITION_FAILED.problem();
      case StaleStateException lost -> CommonError.PRECONDITION_FAILED.problem();
      case SQLException sql -> translate(sql);
      default -> null;
    };
  }

  private @Nullable ProblemException translate(SQLException failure) {
    return switch (DatabaseFault.of(failure)) {
      case UNAVAILABLE, CONTENDED -> {
        warn(failure);
        yield CommonError.UNAVAILABLE.problem().retryAfter(SOON);
      }
      // A broken rule that reaches this point is a check that the feature forgot: 500, and logged.
      case BROKEN_RULE, OTHER -> null;
    };
  }

  /** Every request fails alike just then: once in a while says as much as a thousand times. */
  private void warn(SQLException failure) {
    long last = warnedAt.get();
    if (System.nanoTime() - last > QUIET.toNanos()
        && warnedAt.compareAndSet(last, System.nanoTime())) {
      LOG.warnf("Requests are refused for want of the database: %s", failure.getMessage());
    }
  }
}
