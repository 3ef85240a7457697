package dev.autopilot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What services promise each other: a JSON Schema and a golden example for each event. A producer's
 * test holds what it really emits against the schema; a consumer's test reads the golden example.
 */
public final class Contracts {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private Contracts() {}

  /** Fails unless the event's data is what the schema of its type promises. */
  public static void assertKept(EventProbe.Event event) {
    assertKept(event.type(), event.data());
  }

  public static void assertKept(String type, JsonNode data) {
    Schema schema = SCHEMAS.getSchema(read(type, "schema"));
    assertThat(schema.validate(data.toString(), InputFormat.JSON))
        .as("what %s says, against its schema: %s", type, data)
        .isEmpty();
  }

  /** The golden example: {@code {"attributes": {…}, "data": {…}}}. */
  public static JsonNode golden(String type) {
    try {
      return JSON.readTree(read(type, "golden"));
    } catch (IOException broken) {
      throw new IllegalStateException("The golden example of " + type + " isn't JSON", broken);
    }
  }

  private static String read(String type, String kind) {
    String service = type.substring(0, type.indexOf('.'));
    String path = "/contracts/" + service + "/" + type + "." + kind + ".json";
    try (InputStream file = Contracts.class.getResourceAsStream(path)) {
      if (file == null) {
        throw new IllegalArgumentException("There is no contract " + path);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
