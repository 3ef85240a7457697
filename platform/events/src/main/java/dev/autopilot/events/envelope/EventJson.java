package dev.autopilot.events.envelope;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * JSON as events speak it, whatever a service does to its own mapper: RFC 3339 instants, decimals
 * kept exactly, absent for null, unknown properties ignored by readers. What can't be read is
 * described by its place: messages of Jackson's quote the data.
 */
public final class EventJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          // A component that is null is left out; a null inside a map is a value and stays.
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private EventJson() {}

  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException(
          value.getClass().getSimpleName() + " can't be written as JSON", impossible);
    }
  }

  /** An object of texts, as {@link #write(Object)} would write it, only quicker. */
  public static String write(Map<String, String> texts) {
    StringWriter written = new StringWriter();
    try (JsonGenerator json = MAPPER.createGenerator(written)) {
      json.writeStartObject();
      for (Map.Entry<String, String> text : texts.entrySet()) {
        json.writeStringField(text.getKey(), text.getValue());
      }
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return written.toString();
  }

  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** The one JSON value in these bytes; anything else is undecodable. */
  public static JsonNode read(byte[] json) {
    try {
      JsonNode tree = MAPPER.readTree(json);
      if (tree == null || tree.isMissingNode()) {
        throw new UndecodableEventException("the data is empty");
      }
      return tree;
    } catch (JsonProcessingException malformed) {
      JsonLocation place = malformed.getLocation();
      throw new UndecodableEventException(
          "the data is not JSON, at line %d, column %d"
              .formatted(place.getLineNr(), place.getColumnNr()));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  public static <T> T read(JsonNode tree, Class<T> shape) {
    try {
      return MAPPER.treeToValue(tree, shape);
    } catch (JsonMappingException mismatch) {
      throw new UndecodableEventException(
          "the data is not a %s: %s at %s"
              .formatted(
                  shape.getSimpleName(),
                  mismatch.getClass().getSimpleName(),
                  mismatch.getPathReference()));
    } catch (JsonProcessingException mismatch) {
      throw new UndecodableEventException("the data is not a " + shape.getSimpleName());
    }
  }
}
