package dev.autopilot.kernel.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.ProblemException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place in a sorted list: the sort key of the last row seen, opaque to clients. It is not secret
 * and not signed, because it can only point to another place in a list that the caller may read
 * anyway; whatever comes back is parsed as strictly as any other input.
 */
public final class Cursor {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_LENGTH = 8_192;

  /** Java knows instants that no column holds. */
  private static final Instant YEAR_1 = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

  private final ArrayNode values;

  private Cursor(ArrayNode values) {
    this.values = values;
  }

  /** A cursor of these values, each text, a number, a boolean, an id, an instant or null. */
  public static Cursor of(@Nullable Object... values) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Object value : values) {
      switch (value) {
        case null -> array.addNull();
        case BigDecimal number -> array.add(number.toString());
        case Integer number -> array.add(number);
        case Long number -> array.add(number);
        case Boolean flag -> array.add(flag);
        default -> array.add(value.toString());
      }
    }
    return new Cursor(array);
  }

  public static Cursor decode(String text) {
    if (text.length() > MAX_LENGTH) {
      throw invalid();
    }
    try {
      JsonNode node = JSON.readTree(Base64.getUrlDecoder().decode(text));
      if (node instanceof ArrayNode array) {
        return new Cursor(array);
      }
    } catch (IllegalArgumentException | IOException notOurs) {
      // The refusal below is all that a client needs to know.
    }
    throw invalid();
  }

  public String encode() {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(JSON.writeValueAsString(values).getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** How many values it has, for lists whose sort the client chooses. */
  public int size() {
    return values.size();
  }

  public boolean isNull(int index) {
    return at(index).isNull();
  }

  public String text(int index) {
    JsonNode value = at(index);
    if (!value.isTextual() || value.textValue().indexOf('\0') >= 0) {
      throw invalid();
    }
    return value.textValue();
  }

  public long number(int index) {
    JsonNode value = at(index);
    if (!value.canConvertToLong() || !value.isIntegralNumber()) {
      throw invalid();
    }
    return value.longValue();
  }

  public boolean flag(int index) {
    JsonNode value = at(index);
    if (!value.isBoolean()) {
      throw invalid();
    }
    return value.booleanValue();
  }

  public BigDecimal decimal(int index) {
    try {
      return new BigDecimal(text(index));
    } catch (NumberFormatException notOurs) {
      throw invalid();
    }
  }

  public UUID uuid(int index) {
    try {
      return UUID.fromString(text(index));
    } catch (IllegalArgumentException notOurs) {
      throw invalid();
    }
  }

  public Instant instant(int index) {
    try {
      Instant instant = Instant.parse(text(index));
      if (!instant.isBefore(YEAR_1) && instant.isBefore(YEAR_10000)) {
        return instant;
      }
    } catch (DateTimeParseException notOurs) {
      // The refusal below is all that a client needs to know.
    }
    throw invalid();
  }

  private JsonNode at(int index) {
    JsonNode value = values.get(index);
    if (value == null) {
      throw invalid();
    }
    return value;
  }

  private static ProblemException invalid() {
    return CommonError.INVALID_CURSOR.problem();
  }
}
