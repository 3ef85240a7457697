package dev.autopilot.e2e.journey;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The airports of the United States: public-domain data that the journey imports. */
final class Airports {
  static final int COUNT = 3_376;
  static final int IN_ALASKA = 263;

  private Airports() {}

  static List<Map<String, Object>> fields() {
    return List.of(
        Map.of("key", "iata", "name", "Code", "type", "text", "required", true, "unique", true),
        Map.of("key", "name", "name", "Name", "type", "text", "required", true, "indexed", true),
        Map.of("key", "city", "name", "City", "type", "text"),
        Map.of("key", "state", "name", "State", "type", "text", "indexed", true),
        Map.of("key", "country", "name", "Country", "type", "text"),
        Map.of("key", "latitude", "name", "Latitude", "type", "number", "indexed", true),
        Map.of("key", "longitude", "name", "Longitude", "type", "number"));
  }

  static String csv() {
    try (InputStream file = Airports.class.getResourceAsStream("/data/us-airports.csv")) {
      if (file == null) {
        throw new IllegalStateException("us-airports.csv is missing");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
