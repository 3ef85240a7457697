package dev.autopilot.e2e.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The airports of the United States, over and over, each time under a code of its own. */
final class Rows {
  static final int COUNT = 20_000;

  private static final int COLUMNS_KEPT = 4;

  private Rows() {}

  /**
   * The code isn't declared unique: a row that is stored twice must show, not be refused by its
   * field.
   */
  static List<Map<String, Object>> fields() {
    return List.of(
        Map.of("key", "code", "name", "Code", "type", "text", "required", true, "indexed", true),
        Map.of("key", "name", "name", "Name", "type", "text"),
        Map.of("key", "city", "name", "City", "type", "text"),
        Map.of("key", "state", "name", "State", "type", "text", "indexed", true));
  }

  static String code(int file, int row) {
    return "FILE-" + file + "-" + row;
  }

  static String csv(int file) {
    List<String> airports = airports();
    StringBuilder csv = new StringBuilder("code,name,city,state\n");
    for (int row = 0; row < COUNT; row++) {
      csv.append(code(file, row)).append(airports.get(row % airports.size())).append('\n');
    }
    return csv.toString();
  }

  /** Name, city and state of each, as they stand in the file, after a comma. */
  private static List<String> airports() {
    try (InputStream file = Rows.class.getResourceAsStream("/data/us-airports.csv")) {
      if (file == null) {
        throw new IllegalStateException("us-airports.csv is missing");
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
      List<String> airports = new ArrayList<>();
      lines
          .lines()
          .skip(1)
          // A quoted comma would need a parser; there are airports enough without.
          .filter(line -> line.indexOf('"') < 0)
          .map(line -> line.split(",", -1))
          .filter(columns -> columns.length > COLUMNS_KEPT)
          .forEach(columns -> airports.add("," + columns[1] + "," + columns[2] + "," + columns[3]));
      return airports;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
