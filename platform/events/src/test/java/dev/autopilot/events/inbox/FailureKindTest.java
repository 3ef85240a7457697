package dev.autopilot.events.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import dev.autopilot.events.envelope.UndecodableEventException;
import dev.autopilot.kernel.problem.CommonError;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FailureKindTest {
  static Stream<Throwable> poisons() {
    return Stream.of(
        new UndecodableEventException("no"),
        new IllegalArgumentException("no"),
        new UncheckedIOException(new JsonParseException(null, "no")).getCause(),
        CommonError.VALIDATION_FAILED.problem(),
        CommonError.NOT_FOUND.problem(),
        new jakarta.validation.ConstraintViolationException(Set.of()));
  }

  @ParameterizedTest
  @MethodSource("poisons")
  void whatWillAlwaysFailIsPoison(Throwable failure) {
    assertThat(FailureKind.of(new IllegalStateException(failure))).isEqualTo(FailureKind.POISON);
  }

  static Stream<Throwable> transients() {
    return Stream.of(
        new IOException("reset"),
        new UncheckedIOException(new IOException("reset")),
        new TimeoutException(),
        new org.apache.kafka.common.errors.TimeoutException(),
        new SQLException("Acquisition timeout while waiting for new connection"),
        CommonError.UNAVAILABLE.problem(),
        CommonError.UPSTREAM_TIMEOUT.problem(),
        new QuarkusTransactionException(new RollbackException("the connection is gone")));
  }

  @ParameterizedTest
  @MethodSource("transients")
  void whatIsAwayIsWaitedFor(Throwable failure) {
    assertThat(FailureKind.of(new IllegalStateException(failure))).isEqualTo(FailureKind.TRANSIENT);
  }

  @ParameterizedTest
  @CsvSource({
    "08006, TRANSIENT",
    "28P01, TRANSIENT",
    "3D000, TRANSIENT",
    "53300, TRANSIENT",
    "57P01, TRANSIENT",
    "58030, TRANSIENT",
    "40P01, TRANSIENT",
    "55P03, TRANSIENT",
    "25006, TRANSIENT",
    "23505, POISON",
    "22001, POISON",
    "42P01, UNKNOWN"
  })
  void theSqlStateDecides(String state, FailureKind kind) {
    assertThat(FailureKind.of(new PersistenceException(new SQLException("x", state))))
        .isEqualTo(kind);
  }

  @Test
  void aCommitThatFailedIsJudgedByTheReasonItHides() {
    RollbackException rollback = new RollbackException("commit failed");
    rollback.addSuppressed(new SQLException("duplicate", "23505"));

    assertThat(FailureKind.of(new QuarkusTransactionException(rollback)))
        .isEqualTo(FailureKind.POISON);
  }

  @Test
  void whatNobodyForesawIsUnknownEvenInACircle() {
    Exception circle = new IllegalStateException();
    Exception inner = new IllegalStateException(circle);
    circle.initCause(inner);

    assertThat(FailureKind.of(circle)).isEqualTo(FailureKind.UNKNOWN);
  }
}
