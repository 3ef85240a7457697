package dev.autopilot.projects.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.FieldType;
import dev.autopilot.projects.schema.RecordReader;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which field each column of a file goes to, by key. Other columns are left out. */
record Mapping(Map<String, String> keyByColumn) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What the client asked for, or else the columns that are called like a field's key or name.
   *
   * @param wanted JSON, {@code {"column": "key"}}
   * @param columns of the file; empty when they differ from row to row
   */
  static Mapping of(@Nullable String wanted, List<String> columns, Schema schema) {
    Mapping mapping = wanted == null ? byName(columns, schema) : parse(wanted);
    for (Map.Entry<String, String> entry : mapping.keyByColumn.entrySet()) {
      Field field = schema.field(entry.getValue());
      if (field == null) {
        throw CommonError.VALIDATION_FAILED.at(
            "/mapping", "There is no field \"" + entry.getValue() + "\".");
      }
      if (!columns.isEmpty() && !columns.contains(entry.getKey())) {
        throw CommonError.VALIDATION_FAILED.at(
            "/mapping", "The file has no column \"" + entry.getKey() + "\".");
      }
    }
    if (mapping.keyByColumn.isEmpty()) {
      throw CommonError.VALIDATION_FAILED.at(
          "/mapping", "No column is called like a field; say which column goes to which.");
    }
    return mapping;
  }

  private static Mapping byName(List<String> columns, Schema schema) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (Field field : schema.fields()) {
      if (field.type() == FieldType.AUTONUMBER) {
        continue;
      }
      if (columns.isEmpty()) {
        keys.put(field.key(), field.key());
      }
      for (String column : columns) {
        if (column.equalsIgnoreCase(field.key()) || column.equalsIgnoreCase(field.name())) {
          keys.putIfAbsent(column, field.key());
        }
      }
    }
    return new Mapping(keys);
  }

  static Mapping parse(String json) {
    try {
      Map<String, String> keys =
          JSON.readValue(json, new TypeReference<LinkedHashMap<String, String>>() {});
      if (keys != null && !keys.containsValue(null)) {
        return new Mapping(keys);
      }
    } catch (JsonProcessingException notAMapping) {
      // The refusal below says what one looks like.
    }
    throw CommonError.VALIDATION_FAILED.at(
        "/mapping", "Expected a JSON object of columns and keys.");
  }

  String json() {
    try {
      return JSON.writeValueAsString(keyByColumn);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The columns that go nowhere. */
  List<String> ignored(List<String> columns) {
    return columns.stream().filter(column -> !keyByColumn.containsKey(column)).toList();
  }

  Values values(FileRow.Cells row, Schema schema) {
    Map<Field, String> cells = new LinkedHashMap<>();
    keyByColumn.forEach((column, key) -> {
      Field field = schema.field(key);
      String cell = row.cells().get(column);
      if (field != null && cell != null) {
        cells.put(field, cell);
      }
    });
    return RecordReader.cells(schema, cells);
  }

  Values values(FileRow.Json row, Schema schema) {
    ObjectNode values = JSON.createObjectNode();
    keyByColumn.forEach((column, key) -> {
      if (row.values().has(column)) {
        values.set(key, row.values().get(column));
      }
    });
    return RecordReader.create(schema, values);
  }
}
