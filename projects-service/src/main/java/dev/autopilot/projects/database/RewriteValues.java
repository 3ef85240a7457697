package dev.autopilot.projects.database;

import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.projects.query.Keyset;
import dev.autopilot.projects.query.RecordQuery;
import dev.autopilot.projects.query.Sort;
import dev.autopilot.projects.schema.Conversion;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.InvalidValueException;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Value;
import dev.autopilot.projects.schema.Values;
import dev.autopilot.projects.sql.Portion;
import dev.autopilot.projects.storage.NotUniqueException;
import dev.autopilot.projects.storage.RecordStore;
import dev.autopilot.projects.storage.StoredRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through all records of a database and makes one field's values fit. It is no change of the
 * records: their versions stay, and what happened is told of the database.
 */
@ApplicationScoped
class RewriteValues {
  private static final int PAGE = 1_000;
  private static final int EXAMPLES = 3;

  private final RecordStore store;

  RewriteValues(RecordStore store) {
    this.store = store;
  }

  /** What each value becomes; null is nothing. */
  interface Rule {
    @Nullable Value apply(@Nullable Value value) throws InvalidValueException;
  }

  /** Values of a field as values of another kind; refuses if one can't be. */
  void convert(Schema before, Field from, Schema after, Field to) {
    apply(
        before,
        from,
        after,
        to,
        value -> value == null ? null : Conversion.convert(from, value, to));
  }

  /** A value for all that have none. */
  void fill(Schema before, Schema after, Field field, Value preset) {
    apply(before, field, after, field, value -> value == null ? preset : value);
  }

  /** Refuses if a record has no value. */
  void requireAll(Schema schema, Field field) {
    apply(
        schema,
        field,
        schema,
        field,
        value -> {
          if (value == null) {
            throw FieldError.VALUES_ARE_MISSING.at("/required", "Records exist without a value.");
          }
          return value;
        });
  }

  private void apply(Schema before, Field from, Schema after, Field to, Rule rule) {
    Refusals refusals = new Refusals();
    @Nullable Cursor place = null;
    Portion<StoredRecord> page;
    do {
      page = store.page(before, new RecordQuery(null, null, Sort.BY_CREATION, place, PAGE));
      List<StoredRecord> rewritten = new ArrayList<>();
      for (StoredRecord record : page.rows()) {
        Values values = values(record, from, to, rule, refusals);
        if (from.slot() != to.slot() || !values.equals(record.values())) {
          rewritten.add(
              new StoredRecord(
                  record.id(),
                  values,
                  record.version(),
                  record.createdAt(),
                  record.updatedAt(),
                  record.createdBy()));
        }
      }
      write(after, rewritten);
      place = page.rows().isEmpty() ? null : behind(page.rows().getLast());
    } while (page.more());
    refusals.finish();
  }

  private static Values values(
      StoredRecord record, Field from, Field to, Rule rule, Refusals refusals) {
    try {
      Values values = record.values().with(to, rule.apply(record.values().get(from)));
      if (values.isTooLarge() && values.bytes() > record.values().bytes()) {
        // Nobody could change the record any more without making it smaller first.
        throw new InvalidValueException("The record would hold more than 512 KiB.");
      }
      return values;
    } catch (InvalidValueException invalid) {
      refusals.add(record, invalid);
      return record.values();
    }
  }

  private void write(Schema schema, List<StoredRecord> records) {
    try {
      store.update(schema, records);
    } catch (NotUniqueException notUnique) {
      throw FieldError.VALUES_ARE_NOT_UNIQUE.problem();
    }
  }

  private static Cursor behind(StoredRecord record) {
    List<@Nullable Value> id = List.of(new Value.Text(record.id().toString()));
    return Keyset.cursor(Sort.BY_CREATION, id, record.id());
  }

  /** How many values don't fit, and a few of them by name. */
  private static final class Refusals {
    private final List<String> examples = new ArrayList<>();
    private long count;

    void add(StoredRecord record, InvalidValueException why) {
      if (++count <= EXAMPLES) {
        examples.add("record " + record.id() + ": " + why.reason());
      }
    }

    void finish() {
      if (count > 0) {
        throw FieldError.VALUES_DO_NOT_FIT.problem(
            "%d values don't fit, such as that of %s"
                .formatted(count, String.join(" Or of ", examples)));
      }
    }
  }
}
