package dev.autopilot.events.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lets an effect happen once per key and gives its answer as often as it is asked for. */
@ApplicationScoped
class AnswerOnce {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Answers answers;
  private final ObjectMapper json;

  /**
   * Who is at it in this process. Twins wait here, without a connection; at most one per process
   * waits in the database, where they would take the pool from everybody.
   */
  private final ConcurrentMap<IdempotencyKey, CountDownLatch> underWay = new ConcurrentHashMap<>();

  AnswerOnce(Answers answers, ObjectMapper json) {
    this.answers = answers;
    this.json = json;
  }

  /**
   * @param timeout of the transaction in seconds; 0 is the usual one
   */
  Response answer(IdempotencyKey key, byte[] requestHash, int timeout, Callable<Response> effect)
      throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    CountDownLatch mine = new CountDownLatch(1);
    for (CountDownLatch twin; (twin = underWay.putIfAbsent(key, mine)) != null; ) {
      if (!twin.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw inProgress();
      }
    }
    try {
      return inTransaction(key, requestHash, timeout, effect, deadline);
    } finally {
      underWay.remove(key);
      mine.countDown();
    }
  }

  private Response inTransaction(
      IdempotencyKey key, byte[] requestHash, int timeout, Callable<Response> effect, long deadline)
      throws Exception {
    boolean keep = false;
    QuarkusTransaction.begin(QuarkusTransaction.beginOptions().timeout(timeout));
    try {
      Duration patience = Duration.ofNanos(deadline - System.nanoTime());
      Response answer;
      if (claimed(key, requestHash, patience)) {
        answer = effect.call();
        if (answer.getStatus() < Response.Status.BAD_REQUEST.getStatusCode()) {
          answer = store(key, answer);
          keep = true;
        }
      } else {
        answer = answers.find(key, requestHash).replay();
      }
      return answer;
    } finally {
      if (keep) {
        QuarkusTransaction.commit();
      } else if (QuarkusTransaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
        QuarkusTransaction.rollback();
      }
    }
  }

  private boolean claimed(IdempotencyKey key, byte[] requestHash, Duration patience)
      throws SQLException {
    try {
      return answers.claim(key, requestHash, patience);
    } catch (SQLException failure) {
      if (LOCK_NOT_AVAILABLE.equals(failure.getSQLState())) {
        throw inProgress();
      }
      throw failure;
    }
  }

  /** Written here once, so that the first answer and its replays are the same bytes. */
  private Response store(IdempotencyKey key, Response answer) throws Exception {
    String body = text(answer.getEntity());
    if (body.isEmpty()) {
      answers.store(key, StoredAnswer.of(answer, body));
      return answer;
    }
    MediaType type = answer.getMediaType();
    Response written =
        Response.fromResponse(answer)
            .entity(body.getBytes(UTF_8))
            .type(type == null ? MediaType.APPLICATION_JSON_TYPE : type)
            .build();
    answers.store(key, StoredAnswer.of(written, body));
    return written;
  }

  private String text(@Nullable Object entity) throws JsonProcessingException {
    return switch (entity) {
      case null -> "";
      case String text -> text;
      default -> json.writeValueAsString(entity);
    };
  }

  private static RuntimeException inProgress() {
    return IdempotencyError.IDEMPOTENCY_IN_PROGRESS.problem().retryAfter(TRY_AGAIN);
  }
}
