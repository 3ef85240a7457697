package dev.autopilot.kernel.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A refusal on its way to the client. It is an answer, not an accident: it has no stack trace. */
public final class ProblemException extends RuntimeException {
  private final transient ErrorCode code;
  private final transient List<Problem.FieldError> errors;
  private final transient Map<String, String> headers = new LinkedHashMap<>();

  public ProblemException(
      ErrorCode code, @Nullable String detail, List<Problem.FieldError> errors) {
    super(detail == null ? code.title() : detail, null, false, false);
    this.code = code;
    this.errors = List.copyOf(errors);
  }

  public ErrorCode code() {
    return code;
  }

  public List<Problem.FieldError> errors() {
    return errors;
  }

  public Map<String, String> headers() {
    return headers;
  }

  /** A header that the answer carries too. */
  public ProblemException header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** {@code Retry-After}, in whole seconds, at least one. */
  public ProblemException retryAfter(Duration wait) {
    return header("Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
  }

  /** The wire form; the detail is left out where it would only repeat the title. */
  public Problem toProblem(@Nullable String instance, @Nullable String requestId) {
    String message = getMessage();
    String detail = message == null || message.equals(code.title()) ? null : message;
    return Problem.of(code, detail, instance, requestId, errors);
  }
}
