package dev.autopilot.projects.query;

import dev.autopilot.kernel.Ids;
import dev.autopilot.projects.schema.Choice;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.FieldOptions;
import dev.autopilot.projects.schema.FieldType;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Value;
import dev.autopilot.projects.schema.Values;
import dev.autopilot.projects.storage.StoredRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** A database to ask questions of: few fields, and values that collide, sort oddly and quote. */
final class Garden {
  static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");
  static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "A",
          "b",
          "ab",
          "É",
          "é",
          "%",
          "_",
          "\\",
          "'",
          "\"",
          "a'b",
          "🐦",
          "\uFFFD",
          " ",
          "'; drop table project; --");

  static final Schema SCHEMA =
      new Schema(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), 1, fields());

  private Garden() {}

  private static List<Field> fields() {
    FieldOptions choices =
        new FieldOptions(
            List.of(new Choice("a", null, null)),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    return List.of(
        field(1, "text", FieldType.TEXT, true, FieldOptions.NONE),
        field(2, "number", FieldType.NUMBER, true, FieldOptions.NONE),
        field(3, "flag", FieldType.BOOLEAN, false, FieldOptions.NONE),
        field(4, "day", FieldType.DATE, false, FieldOptions.NONE),
        field(5, "tags", FieldType.MULTI_SELECT, false, choices),
        field(6, "other", FieldType.TEXT, false, FieldOptions.NONE),
        field(7, "at", FieldType.DATETIME, false, FieldOptions.NONE));
  }

  private static Field field(
      int slot, String key, FieldType type, boolean indexed, FieldOptions options) {
    return new Field(slot, key, key, type, false, false, indexed, options);
  }

  /** The same ones in every run; a quarter of their values are missing. */
  static List<StoredRecord> records(int count) {
    Random random = new Random(42);
    List<StoredRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, Value> values = new HashMap<>();
      for (Field field : SCHEMA.fields()) {
        if (random.nextInt(4) > 0) {
          values.put(field.key(), value(field, random));
        }
      }
      records.add(
          new StoredRecord(
              Ids.next(), new Values(values), 1 + random.nextInt(3), NOW, NOW, SCHEMA.ownerId()));
    }
    return records;
  }

  private static Value value(Field field, Random random) {
    return switch (field.type()) {
      case DATE -> new Value.Text(day(1 + random.nextInt(9)));
      case DATETIME -> new Value.Text(instant(random.nextInt(9)));
      case NUMBER ->
          new Value.Amount(BigDecimal.valueOf(random.nextInt(9) - 4L, random.nextInt(2)));
      case BOOLEAN -> new Value.Flag(random.nextBoolean());
      case MULTI_SELECT -> new Value.Texts(List.of(text(random), text(random)));
      default -> new Value.Text(text(random));
    };
  }

  private static String text(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  static String day(int day) {
    return "2026-03-" + (10 + day);
  }

  /** Around {@link #NOW}, in the form in which instants are stored. */
  static String instant(int hour) {
    return "2026-03-15T" + (8 + hour < 10 ? "0" : "") + (8 + hour) + ":00:00.000Z";
  }
}
