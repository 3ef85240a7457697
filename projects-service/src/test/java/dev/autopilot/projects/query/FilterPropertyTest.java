package dev.autopilot.projects.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.kernel.Ids;
import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.projects.record.Places;
import dev.autopilot.projects.schema.Choice;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.FieldOptions;
import dev.autopilot.projects.schema.FieldType;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Value;
import dev.autopilot.projects.schema.Values;
import dev.autopilot.projects.storage.RecordStore;
import dev.autopilot.projects.storage.RecordTables;
import dev.autopilot.projects.storage.StoredRecord;
import dev.autopilot.testkit.WithServers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random filters and sorts over random records: SQL and a plain evaluator agree, and what a filter
 * is written as is read as the same filter. The seed of a failure is in its message.
 */
@QuarkusTest
@WithServers
class FilterPropertyTest {
  private static final int TREES = 3_000;
  private static final int SORTS = 150;
  private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");
  private static final List<String> TEXTS =
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

  @Inject RecordTables tables;
  @Inject RecordStore store;

  private final Random random = new Random();

  @Test
  void sqlAndEvaluatorAgree() {
    Schema schema = schema();
    List<StoredRecord> records = records(schema);
    for (int tree = 0; tree < TREES; tree++) {
      long seed = tree * 7_919L;
      random.setSeed(seed);
      Filter filter = filter(schema, 4);
      String text = Written.of(filter);

      assertThat(FilterParser.parse(text, schema, NOW))
          .as("seed %d: %s", seed, text)
          .isEqualTo(filter);
      assertThat(found(schema, filter))
          .as("seed %d: %s", seed, text)
          .isEqualTo(
              records.stream()
                  .filter(record -> Evaluator.holds(filter, record))
                  .map(StoredRecord::id)
                  .toList());
    }
  }

  @Test
  void pagesAgreeWithASortedList() {
    Schema schema = schema();
    List<StoredRecord> records = records(schema);
    for (int i = 0; i < SORTS; i++) {
      random.setSeed(i);
      Sort sort = Sort.parse(sort(), schema);
      List<UUID> paged = new ArrayList<>();
      @Nullable Cursor after = null;
      List<StoredRecord> page;
      do {
        page = store.page(schema, new RecordQuery(null, null, sort, after, 7));
        page.forEach(record -> paged.add(record.id()));
        after = page.isEmpty() ? null : Cursor.decode(Places.behind(page.getLast(), sort).encode());
      } while (page.size() == 7);
      assertThat(paged)
          .as(sort.signature())
          .isEqualTo(records.stream().sorted(Evaluator.order(sort)).map(StoredRecord::id).toList());
    }
  }

  private List<UUID> found(Schema schema, Filter filter) {
    return store.page(schema, new RecordQuery(filter, null, Sort.BY_CREATION, null, 1_000)).stream()
        .map(StoredRecord::id)
        .toList();
  }

  private Schema schema() {
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
    List<Field> fields =
        List.of(
            field(1, "text", FieldType.TEXT, true, FieldOptions.NONE),
            field(2, "number", FieldType.NUMBER, true, FieldOptions.NONE),
            field(3, "flag", FieldType.BOOLEAN, false, FieldOptions.NONE),
            field(4, "day", FieldType.DATE, false, FieldOptions.NONE),
            field(5, "tags", FieldType.MULTI_SELECT, false, choices),
            field(6, "other", FieldType.TEXT, false, FieldOptions.NONE));
    return QuarkusTransaction.requiringNew()
        .call(() -> {
          Schema schema =
              new Schema(
                  UUID.randomUUID(),
                  UUID.randomUUID(),
                  UUID.randomUUID(),
                  tables.reserve(),
                  fields);
          tables.create(schema);
          return schema;
        });
  }

  private static Field field(
      int slot, String key, FieldType type, boolean indexed, FieldOptions options) {
    return new Field(slot, key, key, type, false, false, indexed, options);
  }

  private List<StoredRecord> records(Schema schema) {
    random.setSeed(42);
    List<StoredRecord> records = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      Map<String, Value> values = new HashMap<>();
      for (Field field : schema.fields()) {
        if (random.nextInt(4) > 0) {
          values.put(field.key(), value(new Column.OfField(field), true));
        }
      }
      records.add(
          new StoredRecord(
              Ids.next(), new Values(values), 1 + random.nextInt(3), NOW, NOW, schema.ownerId()));
    }
    assertThat(store.insert(schema, records)).hasSize(records.size());
    return records;
  }

  private Filter filter(Schema schema, int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return condition(schema);
    }
    return switch (random.nextInt(3)) {
      case 0 -> new Filter.Not(filter(schema, depth - 1));
      case 1 -> new Filter.And(parts(schema, depth, Filter.And.class));
      default -> new Filter.Or(parts(schema, depth, Filter.Or.class));
    };
  }

  /** No chain directly within a chain of its kind: that one would be read as one chain. */
  private List<Filter> parts(Schema schema, int depth, Class<?> unlike) {
    List<Filter> parts = new ArrayList<>();
    while (parts.size() < 2 + random.nextInt(2)) {
      Filter part = filter(schema, depth - 1);
      if (!unlike.isInstance(part)) {
        parts.add(part);
      }
    }
    return parts;
  }

  private Filter condition(Schema schema) {
    int index = random.nextInt(schema.fields().size() + 1);
    Column column =
        index == schema.fields().size()
            ? Column.OfRecord.VERSION
            : new Column.OfField(schema.fields().get(index));
    if (random.nextInt(6) == 0) {
      return new Filter.IsNull(column);
    }
    return switch (column.shape()) {
      case FLAG -> new Filter.Compare(column, Filter.Operator.EQUAL, value(column, false));
      case TEXTS ->
          random.nextBoolean()
              ? new Filter.Contains(column, text())
              : new Filter.In(column, List.of(value(column, false), value(column, false)));
      case TEXT, NUMBER -> ordered(column);
      case TREE -> throw new IllegalStateException();
    };
  }

  private Filter ordered(Column column) {
    boolean plain = column.key().equals("text") || column.key().equals("other");
    return switch (random.nextInt(plain ? 4 : 3)) {
      case 0 -> new Filter.In(column, List.of(value(column, false), value(column, false)));
      case 1 -> new Filter.Between(column, value(column, false), value(column, false));
      case 2 ->
          new Filter.Compare(
              column,
              List.copyOf(java.util.EnumSet.allOf(Filter.Operator.class)).get(random.nextInt(5)),
              value(column, false));
      default -> new Filter.Contains(column, text());
    };
  }

  private Value value(Column column, boolean stored) {
    return switch (column.shape()) {
      case TEXT ->
          new Value.Text(
              column.key().equals("day") ? "2026-01-0" + (1 + random.nextInt(9)) : text());
      case NUMBER ->
          new Value.Amount(BigDecimal.valueOf(random.nextInt(9) - 4L, random.nextInt(2)));
      case FLAG -> new Value.Flag(random.nextBoolean());
      case TEXTS -> stored ? new Value.Texts(List.of(text(), text())) : new Value.Text(text());
      case TREE -> throw new IllegalStateException();
    };
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private String sort() {
    List<String> keys =
        new ArrayList<>(List.of("text", "number", "flag", "day", "other", "version", "id"));
    java.util.Collections.shuffle(keys, random);
    List<String> chosen = keys.subList(0, 1 + random.nextInt(3));
    chosen.replaceAll(key -> random.nextBoolean() ? "-" + key : key);
    return String.join(",", chosen);
  }
}
