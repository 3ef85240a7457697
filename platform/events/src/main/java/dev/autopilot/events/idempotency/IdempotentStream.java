package dev.autopilot.events.idempotency;

import dev.autopilot.kernel.identity.Identity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * {@link Idempotent} for a request whose body is a stream. What makes two of them the same is known
 * only once the body has been read, and no transaction is to be open that long; so the resource
 * reads and stores first, and here, with what tells the content, comes the short part that counts.
 */
@RequestScoped
public class IdempotentStream {
  private final HttpHeaders headers;
  private final Identity identity;
  private final Fingerprints fingerprints;
  private final AnswerOnce answerOnce;
  private final Answers answers;

  IdempotentStream(
      HttpHeaders headers,
      Identity identity,
      Fingerprints fingerprints,
      AnswerOnce answerOnce,
      Answers answers) {
    this.headers = headers;
    this.identity = identity;
    this.fingerprints = fingerprints;
    this.answerOnce = answerOnce;
    this.answers = answers;
  }

  /**
   * Whether the request's key has been answered before. Then no bound of what a caller may have
   * refuses its content unread: what would be too much was probably taken in the first time.
   */
  public boolean isRepeated() throws SQLException {
    IdempotencyKey key = key();
    return key != null && answers.isKnown(key);
  }

  /**
   * The effect's answer, or the first one's if the request's key was used before for the same.
   *
   * @param content what tells two requests apart besides their method and address: a digest of the
   *     body, and what came along with it
   * @param effect joins a transaction that is begun here when the request has a key
   */
  public Response answer(List<? extends @Nullable Object> content, Callable<Response> effect)
      throws Exception {
    IdempotencyKey key = key();
    return key == null
        ? effect.call()
        : answerOnce.answer(key, fingerprints.of(content), 0, effect);
  }

  private @Nullable IdempotencyKey key() {
    String offered = headers.getHeaderString(IdempotencyKey.HEADER);
    return offered == null ? null : new IdempotencyKey(identity.caller().userId(), offered);
  }
}
