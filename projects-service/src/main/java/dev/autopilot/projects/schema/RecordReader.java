package dev.autopilot.projects.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.Problem.FieldError;
import dev.autopilot.kernel.problem.ProblemException;
import dev.autopilot.kernel.web.MergePatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what clients send as a record's values; refuses with a pointer for each that is wrong. */
public final class RecordReader {
  private final Schema schema;
  private final List<FieldError> errors = new ArrayList<>();
  private final Map<String, Value> values = new LinkedHashMap<>();

  private RecordReader(Schema schema) {
    this.schema = schema;
  }

  /** The values of a new record, defaults included. */
  public static Values create(Schema schema, ObjectNode json) {
    RecordReader reader = new RecordReader(schema);
    reader.readAll(json);
    for (Field field : schema.fields()) {
      JsonNode preset = field.options().defaultValue();
      if (preset != null && !json.has(field.key())) {
        reader.read(field, preset);
      }
    }
    return reader.finish();
  }

  /** The values after a JSON merge patch (RFC 7396): null clears, what is absent stays. */
  public static Values patch(Schema schema, Values before, ObjectNode json) {
    RecordReader reader = new RecordReader(schema);
    reader.values.putAll(before.byKey());
    reader.readAll(merged(schema, before, json));
    return reader.finish();
  }

  /** A patch reaches into the trees of fields of type {@code json}; other values it replaces. */
  private static ObjectNode merged(Schema schema, Values before, ObjectNode patch) {
    ObjectNode merged = patch.objectNode();
    for (Map.Entry<String, JsonNode> property : patch.properties()) {
      Field field = schema.field(property.getKey());
      JsonNode value = property.getValue();
      if (field != null && field.type() == FieldType.JSON && value.isObject()) {
        JsonNode old =
            before.get(field) instanceof Value.Tree(var tree)
                ? tree.deepCopy() // Merging changes it.
                : MissingNode.getInstance();
        value = MergePatch.merge(old, value);
      }
      merged.set(property.getKey(), value);
    }
    return merged;
  }

  /**
   * The values of a line of a file. Its cells are text, so an empty one is nothing, and a default
   * stands in for nothing.
   */
  public static Values cells(Schema schema, Map<Field, String> cells) {
    RecordReader reader = new RecordReader(schema);
    for (Map.Entry<Field, String> cell : cells.entrySet()) {
      if (!cell.getValue().isBlank()) {
        reader.read(cell.getKey(), () -> CellReader.read(cell.getKey(), cell.getValue()));
      }
    }
    for (Field field : schema.fields()) {
      JsonNode preset = field.options().defaultValue();
      if (preset != null && cells.getOrDefault(field, "").isBlank()) {
        reader.read(field, preset);
      }
    }
    return reader.finish();
  }

  /** The values of an older version, as far as today's fields take them; without autonumbers. */
  public static Values restore(Schema schema, ObjectNode json) {
    RecordReader reader = new RecordReader(schema);
    for (Field field : schema.fields()) {
      JsonNode value = json.get(field.key());
      if (value != null && !value.isNull() && field.type() != FieldType.AUTONUMBER) {
        try {
          reader.values.put(field.key(), ValueReader.read(field, value));
        } catch (InvalidValueException outlived) {
          reader.values.remove(field.key());
        }
      }
    }
    return reader.finish();
  }

  private void readAll(ObjectNode json) {
    for (Map.Entry<String, JsonNode> property : json.properties()) {
      Field field = schema.field(property.getKey());
      if (field == null) {
        refuse(property.getKey(), "There is no such field.");
      } else if (property.getValue().isNull()) {
        values.remove(field.key());
      } else {
        read(field, property.getValue());
      }
    }
  }

  private void read(Field field, JsonNode json) {
    read(field, () -> ValueReader.read(field, json));
  }

  private void read(Field field, Reading reading) {
    try {
      values.put(field.key(), reading.value());
    } catch (InvalidValueException invalid) {
      refuse(field.key(), invalid.reason());
    }
  }

  private Values finish() {
    for (Field field : schema.fields()) {
      if (field.required() && isEmpty(values.get(field.key())) && !isRefused(field)) {
        refuse(field.key(), "A value is required.");
      }
    }
    Values read = new Values(values);
    if (errors.isEmpty() && read.isTooLarge()) {
      errors.add(new FieldError("/values", "At most 512 KiB of values, as JSON."));
    }
    if (!errors.isEmpty()) {
      throw new ProblemException(CommonError.VALIDATION_FAILED, null, errors);
    }
    return read;
  }

  private static boolean isEmpty(@Nullable Value value) {
    return switch (value) {
      case null -> true;
      case Value.Text(var text) -> text.isEmpty();
      case Value.Texts(var texts) -> texts.isEmpty();
      case Value.Amount _, Value.Flag _, Value.Tree _ -> false;
    };
  }

  private boolean isRefused(Field field) {
    return errors.stream().anyMatch(error -> error.pointer().equals(pointer(field.key())));
  }

  private void refuse(String key, String message) {
    errors.add(new FieldError(pointer(key), message));
  }

  private static String pointer(String key) {
    return "/values/" + key.replace("~", "~0").replace("/", "~1");
  }

  private interface Reading {
    Value value() throws InvalidValueException;
  }
}
