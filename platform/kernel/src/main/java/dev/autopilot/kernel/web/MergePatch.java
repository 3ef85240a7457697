package dev.autopilot.kernel.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.JsonFailures;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON merge patches (RFC 7396). A feature keeps what may be changed in a record of its own; the
 * patch is merged into that record's present values, and the outcome is held to the same rules as a
 * new one: unknown properties, wrong types and broken constraints are 422 with their pointers.
 *
 * <pre>{@code
 * session.edit(mergePatch.apply(session.editable(), patch));
 * }</pre>
 */
@Singleton
public class MergePatch {
  public static final String MEDIA_TYPE = "application/merge-patch+json";

  private final ObjectMapper json;
  private final Validator validator;

  MergePatch(ObjectMapper json, Validator validator) {
    this.json = json;
    this.validator = validator;
  }

  /** What the values become; the patch is the request's body, null when there was none. */
  public <T> T apply(T current, @Nullable ObjectNode patch) {
    if (patch == null) {
      throw CommonError.MALFORMED_JSON.problem("The body is empty.");
    }
    JsonNode merged = merge(json.valueToTree(current), patch);
    T edited = read(merged, current);
    Set<ConstraintViolation<T>> violations = validator.validate(edited);
    if (!violations.isEmpty()) {
      throw new ConstraintViolationException(violations);
    }
    return edited;
  }

  @SuppressWarnings("unchecked") // An object's own class reads as that class.
  private <T> T read(JsonNode merged, T current) {
    try {
      return json.treeToValue(merged, (Class<T>) current.getClass());
    } catch (JsonProcessingException refused) {
      throw JsonFailures.refusal(refused);
    }
  }

  /**
   * The algorithm of RFC 7396, section 2: null removes, objects merge, all else replaces. The
   * target is changed, and part of the outcome.
   */
  public static JsonNode merge(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    ObjectNode result = target instanceof ObjectNode object ? object : changes.objectNode();
    for (var change : changes.properties()) {
      if (change.getValue().isNull()) {
        result.remove(change.getKey());
      } else {
        JsonNode before = result.path(change.getKey());
        result.set(change.getKey(), merge(before, change.getValue()));
      }
    }
    return result;
  }
}
