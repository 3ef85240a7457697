package dev.autopilot.kernel.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What Jackson found wrong with a body, in words for the client and without class names. */
public final class JsonFailures {
  private JsonFailures() {}

  public static ProblemException refusal(JacksonException failure) {
    if (!(failure instanceof JsonMappingException mapping)) {
      return CommonError.MALFORMED_JSON.problem(position(failure));
    }
    if (mapping.getPath().isEmpty()
        && failure instanceof MismatchedInputException mismatch
        && String.valueOf(mismatch.getMessage()).startsWith("No content")) {
      return CommonError.MALFORMED_JSON.problem("The body is empty.");
    }
    if (failure instanceof MismatchedInputException mismatch
        && String.valueOf(mismatch.getMessage()).startsWith("Trailing token")) {
      return CommonError.MALFORMED_JSON.problem("Something follows after the body's end.");
    }
    if (mapping.getCause() instanceof ProblemException refusal) {
      return refusal.errors().isEmpty()
          ? refusal.code().at(pointer(mapping), String.valueOf(refusal.getMessage()))
          : refusal;
    }
    if (mapping.getCause() instanceof JacksonException inner
        && !(inner instanceof JsonMappingException)) {
      return CommonError.MALFORMED_JSON.problem(position(inner));
    }
    return CommonError.VALIDATION_FAILED.at(pointer(mapping), message(mapping));
  }

  private static String message(JsonMappingException failure) {
    return switch (failure) {
      case UnrecognizedPropertyException unknown ->
          "There is no property \"" + unknown.getPropertyName() + "\" here.";
      case InvalidFormatException format -> "Not a valid " + kind(format.getTargetType()) + ".";
      case MismatchedInputException mismatch when mismatch.getTargetType() != null ->
          "Expected " + article(kind(mismatch.getTargetType())) + ".";
      default -> "Not a value that is allowed here.";
    };
  }

  private static String kind(@Nullable Class<?> type) {
    if (type == null) {
      return "value";
    }
    if (type.isEnum()) {
      return "choice; one of "
          + List.of(type.getEnumConstants()).stream()
              .map(Object::toString)
              .collect(Collectors.joining(", "));
    }
    return switch (type.getSimpleName()) {
      case "String" -> "text";
      case "boolean", "Boolean" -> "boolean";
      case "int", "Integer", "long", "Long", "short", "Short", "BigInteger" -> "whole number";
      case "double", "Double", "float", "Float", "BigDecimal", "Number" -> "number";
      case "UUID" -> "UUID";
      case "Instant", "OffsetDateTime", "ZonedDateTime" -> "RFC 3339 instant";
      case "LocalDate" -> "date";
      case "Duration" -> "ISO 8601 duration";
      case "URI", "URL" -> "URI";
      default -> type.isArray() || Iterable.class.isAssignableFrom(type) ? "list" : "object";
    };
  }

  private static String article(String noun) {
    return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : noun.equals("text") ? "" : "a ") + noun;
  }

  private static String pointer(JsonMappingException failure) {
    return failure.getPath().stream()
        .map(step ->
            step.getFieldName() == null
                ? Integer.toString(step.getIndex())
                : step.getFieldName().replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining("/", "/", ""));
  }

  private static @Nullable String position(JacksonException failure) {
    var location = failure.getLocation();
    return location == null
        ? null
        : "Line %d, column %d.".formatted(location.getLineNr(), location.getColumnNr());
  }
}
