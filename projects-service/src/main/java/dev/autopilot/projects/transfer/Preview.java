package dev.autopilot.projects.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.projects.schema.CellReader;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.FieldOptions;
import dev.autopilot.projects.schema.FieldType;
import dev.autopilot.projects.schema.InvalidValueException;
import dev.autopilot.projects.schema.Value;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a file seems to hold, told before anything is imported.
 *
 * @param columns with the type that fits all values seen
 * @param rows the first ones, as they are
 */
@RegisterForReflection // No signature tells of it.
public record Preview(List<Column> columns, List<Map<String, String>> rows) {
  private static final int LOOKED_AT = 1_000;
  private static final int SHOWN = 20;

  /** The narrowest first; long text takes anything. */
  private static final List<FieldType> GUESSES =
      List.of(
          FieldType.NUMBER,
          FieldType.DATE,
          FieldType.DATETIME,
          FieldType.BOOLEAN,
          FieldType.EMAIL,
          FieldType.URL,
          FieldType.TEXT,
          FieldType.LONG_TEXT);

  /** A column and the type of field that would take it. */
  public record Column(String name, FieldType type) {}

  static Preview of(RowSource source) throws IOException, UnreadableFileException {
    Map<String, List<FieldType>> possible = new LinkedHashMap<>();
    source.columns().forEach(column -> possible.put(column, new ArrayList<>(GUESSES)));
    List<Map<String, String>> rows = new ArrayList<>();
    FileRow row = source.next();
    for (int seen = 0; row != null && seen < LOOKED_AT; seen++) {
      Map<String, String> cells = cells(row);
      cells.forEach((column, cell) ->
          possible
              .computeIfAbsent(column, unknown -> new ArrayList<>(GUESSES))
              .removeIf(type -> !cell.isBlank() && !takes(type, cell)));
      if (rows.size() < SHOWN) {
        rows.add(cells);
      }
      row = source.next();
    }
    return new Preview(
        possible.entrySet().stream()
            .map(entry ->
                new Column(
                    entry.getKey(),
                    entry.getValue().isEmpty() ? FieldType.LONG_TEXT : entry.getValue().getFirst()))
            .toList(),
        rows);
  }

  private static Map<String, String> cells(FileRow row) {
    return switch (row) {
      case FileRow.Cells(var _, var cells) -> cells;
      case FileRow.Json(var _, ObjectNode values) -> {
        Map<String, String> cells = new LinkedHashMap<>();
        values.properties().forEach(p -> cells.put(p.getKey(), p.getValue().asText()));
        yield cells;
      }
      case FileRow.Broken _ -> Map.of();
    };
  }

  private static boolean takes(FieldType type, String cell) {
    try {
      Value _ =
          CellReader.read(
              new Field(1, "guess", "guess", type, false, false, false, FieldOptions.NONE), cell);
      return true;
    } catch (InvalidValueException other) {
      return false;
    }
  }
}
