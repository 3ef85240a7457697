package dev.autopilot.kernel.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RFC 9457 problem details, with three members of our own.
 *
 * @param type a URI that identifies the kind of problem; {@code urn:autopilot:problem:<code>}
 * @param title the same short sentence for every occurrence
 * @param status the HTTP status
 * @param detail what a person can do about this occurrence, if there is more to say
 * @param instance the path that was asked for
 * @param code stable, snake_case
 * @param requestId the id under which the logs know this request
 * @param errors what is wrong with which value, for 422 and conflicts of a field
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@RegisterForReflection
public record Problem(
    String type,
    String title,
    int status,
    @Nullable String detail,
    @Nullable String instance,
    String code,
    @Nullable String requestId,
    List<FieldError> errors) {

  public static final String MEDIA_TYPE = "application/problem+json";

  /**
   * @param pointer a JSON pointer (RFC 6901) into the body, or {@code /name} of a parameter
   * @param message what is wrong with that value
   */
  public record FieldError(String pointer, String message) {}

  public static Problem of(
      ErrorCode code,
      @Nullable String detail,
      @Nullable String instance,
      @Nullable String requestId,
      List<FieldError> errors) {
    return new Problem(
        "urn:autopilot:problem:" + code.code(),
        code.title(),
        code.status(),
        detail,
        instance,
        code.code(),
        requestId,
        errors);
  }
}
