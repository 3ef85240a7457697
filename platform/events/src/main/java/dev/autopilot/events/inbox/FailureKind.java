package dev.autopilot.events.inbox;

import com.fasterxml.jackson.core.JacksonException;
import dev.autopilot.events.database.DatabaseFault;
import dev.autopilot.events.envelope.UndecodableEventException;
import dev.autopilot.kernel.problem.ProblemException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.validation.ConstraintViolationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** What to do about an event that failed. */
enum FailureKind {
  /** It can't be read or breaks a rule, and always will: a dead letter, now. */
  POISON,
  /** Something it needs is away: wait, as long as it takes. An outage dead-letters nothing. */
  TRANSIENT,
  /** Nobody foresaw it: a few tries, then a dead letter. */
  UNKNOWN;

  private static final Set<Integer> AWAY = Set.of(408, 425, 429, 502, 503, 504);

  /** Decided by the first failure of the chain that says anything, outermost first. */
  static FailureKind of(Throwable failure) {
    FailureKind kind = firstOpinion(failure, Collections.newSetFromMap(new IdentityHashMap<>()));
    return kind == null ? UNKNOWN : kind;
  }

  private static @Nullable FailureKind firstOpinion(
      @Nullable Throwable failure, Set<Throwable> asked) {
    if (failure == null || !asked.add(failure)) {
      return null;
    }
    FailureKind kind = opinion(failure);
    if (kind == null) {
      kind = firstOpinion(failure.getCause(), asked);
    }
    // A commit that failed hides its reason among the suppressed.
    for (Throwable suppressed : failure.getSuppressed()) {
      kind = kind == null ? firstOpinion(suppressed, asked) : kind;
    }
    // The transaction manager gave up, without a word about why: that is no fault of the event's.
    if (kind == null
        && (failure instanceof RollbackException || failure instanceof SystemException)) {
      kind = TRANSIENT;
    }
    return kind;
  }

  private static @Nullable FailureKind opinion(Throwable failure) {
    return switch (failure) {
      case UndecodableEventException _ -> POISON;
      case ProblemException problem -> of(problem.code().status());
      case ConstraintViolationException _ -> POISON;
      case SQLException sql ->
          switch (DatabaseFault.of(sql)) {
            case UNAVAILABLE, CONTENDED -> TRANSIENT;
            case BROKEN_RULE -> POISON;
            case OTHER -> null;
          };
      case JacksonException _ -> POISON;
      case IOException _ -> TRANSIENT;
      case UncheckedIOException _ -> TRANSIENT;
      case TimeoutException _ -> TRANSIENT;
      case RetriableException _ -> TRANSIENT;
      case IllegalArgumentException _ -> POISON;
      default -> null;
    };
  }

  private static @Nullable FailureKind of(int status) {
    if (AWAY.contains(status)) {
      return TRANSIENT;
    }
    return status < 500 ? POISON : null;
  }
}
