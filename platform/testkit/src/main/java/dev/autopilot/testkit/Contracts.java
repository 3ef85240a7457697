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
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What services promise each other: a JSON Schema and a golden example for each event. A producer's
 * test holds what it really emits against the schema; a consumer's test reads the golden example.
 */
public final class Contracts {
  private static final String GOLDEN = ".golden.json";
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

  /** Every type that has a golden example. */
  public static List<String> types() {
    try {
      URI contracts = Contracts.class.getResource("/contracts").toURI();
      if (!contracts.getScheme().equals("jar")) {
        return typesIn(Path.of(contracts));
      }
      try (FileSystem jar = FileSystems.newFileSystem(contracts, Map.of())) {
        return typesIn(jar.getPath("/contracts"));
      }
    } catch (IOException | URISyntaxException broken) {
      throw new IllegalStateException("The contracts can't be listed", broken);
    }
  }

  private static List<String> typesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(GOLDEN))
          .map(name -> name.substring(0, name.length() - GOLDEN.length()))
          .sorted()
          .toList();
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
