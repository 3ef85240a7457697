package dev.autopilot.projects.storage;

import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.query.Column;
import dev.autopilot.projects.query.RecordQuery;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.FieldType;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Value;
import dev.autopilot.projects.schema.Values;
import dev.autopilot.projects.sql.Portion;
import dev.autopilot.projects.sql.Savepoints;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.SqlFailedException;
import dev.autopilot.projects.sql.Statement;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Records in their tables. Everything happens in the transaction of the caller. */
@ApplicationScoped
public class RecordStore {
  private static final String TOO_MANY_WORDS = "54000";
  private static final String BESIDE_DATA = "id, version, created_at, updated_at, created_by";

  /** From so many on it is worth two small statements to insert them without asking first. */
  private static final int MANY = 50;

  private static final int PAGE = 1_000;
  private static final int LOCKED_AT_ONCE = 1_000;
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Sql sql;
  private final Savepoints savepoints;

  RecordStore(Sql sql, Savepoints savepoints) {
    this.sql = sql;
    this.savepoints = savepoints;
  }

  /**
   * Inserts all that break no unique field. They were made at one time by one person, which
   * therefore is sent and read once and not for each.
   *
   * <p>They go in by the order of their unique values, whatever order they are given in: of two who
   * insert the same values one waits for the other, and never each for the other. Where a database
   * has several unique fields that is the first one's order, and the others' may still cross.
   *
   * @return the ids of those that were inserted; the others meet a record that holds the same value
   *     already, or, among themselves, came later
   */
  public Set<UUID> insert(Schema schema, List<StoredRecord> records) {
    if (records.isEmpty()) {
      return Set.of();
    }
    StoredRecord one = records.getFirst();
    if (!records.stream().allMatch(one::isOfTheSameMaking)) {
      throw new IllegalArgumentException("Records made at several times or by several people");
    }
    Set<UUID> inserted = new HashSet<>();
    List<StoredRecord> ordered = records.stream().sorted(new ByUniqueValues(schema)).toList();
    for (List<StoredRecord> some : Portion.split(ordered, StoredRecord::bytes)) {
      inserted.addAll(insertSome(schema, some));
    }
    return inserted;
  }

  private Set<UUID> insertSome(Schema schema, List<StoredRecord> records) {
    StoredRecord one = records.getFirst();
    Statement insert =
        Statement.of(
            "insert into "
                + Names.table(schema)
                + " (id, data, words, version, created_at, updated_at, created_by)"
                + " select id, data::jsonb, words::tsvector, version,"
                + " ?::timestamptz, ?::timestamptz, ?::uuid"
                + " from unnest(?, ?, ?, ?) as made (id, data, words, version)",
            one.createdAt(),
            one.updatedAt(),
            one.createdBy(),
            column(records, StoredRecord::id, UUID[]::new),
            column(records, r -> StoredValues.write(schema, r.values()), String[]::new),
            column(records, r -> RecordWords.of(schema, r.values()), String[]::new),
            column(records, StoredRecord::version, Integer[]::new));
    try {
      if (records.size() >= MANY && insertAll(insert)) {
        return records.stream().map(StoredRecord::id).collect(Collectors.toSet());
      }
      return ids(insert.add(" on conflict do nothing returning id"));
    } catch (SqlFailedException failure) {
      throw refusal(failure);
    }
  }

  /**
   * Whether it could insert them all; if not, none is. With {@code on conflict} each row is looked
   * for in each unique index first and confirmed afterwards, which hardly any batch needs.
   */
  private boolean insertAll(Statement insert) {
    try {
      int _ = savepoints.attempt(() -> sql.update(insert));
      return true;
    } catch (SqlFailedException failure) {
      if (failure.brokenUniqueIndex() == null) {
        throw failure;
      }
      return false;
    }
  }

  /** PostgreSQL bounds the words that it finds a row by to a megabyte. */
  private static RuntimeException refusal(SqlFailedException failure) {
    return TOO_MANY_WORDS.equals(failure.state())
        ? CommonError.VALIDATION_FAILED.at("/values", "More words than a record can be found by.")
        : failure;
  }

  /**
   * Writes the new state of records that the caller has locked.
   *
   * @throws NotUniqueException when one would hold a unique field's value that another holds
   */
  public void update(Schema schema, List<StoredRecord> records) throws NotUniqueException {
    for (List<StoredRecord> some : Portion.split(records, StoredRecord::bytes)) {
      updateSome(schema, some);
    }
  }

  private void updateSome(Schema schema, List<StoredRecord> records) throws NotUniqueException {
    try {
      sql.update(
          Statement.of(
              "update "
                  + Names.table(schema)
                  + " r set data = n.data, words = n.words::tsvector, version = n.version,"
                  + " updated_at = n.updated_at"
                  + " from unnest(?, ?::text[]::jsonb[], ?, ?, ?::text[]::timestamptz[])"
                  + " as n (id, data, words, version, updated_at) where r.id = n.id",
              column(records, StoredRecord::id, UUID[]::new),
              column(records, r -> StoredValues.write(schema, r.values()), String[]::new),
              column(records, r -> RecordWords.of(schema, r.values()), String[]::new),
              column(records, StoredRecord::version, Integer[]::new),
              column(records, r -> r.updatedAt().toString(), String[]::new)));
    } catch (SqlFailedException failure) {
      String index = failure.brokenUniqueIndex();
      Field field = index == null ? null : Names.uniqueField(schema, index);
      if (field == null) {
        throw refusal(failure);
      }
      throw new NotUniqueException(field);
    }
  }

  public void delete(Schema schema, Collection<UUID> ids) {
    sql.update(
        Statement.of(
            "delete from " + Names.table(schema) + " where id = any (?)",
            (Object) ids.toArray(UUID[]::new)));
  }

  public @Nullable StoredRecord find(Schema schema, UUID id) {
    return sql.first(one(schema, id), row -> read(schema, row));
  }

  /** The record, locked until the transaction ends, or null when there is none. */
  public @Nullable StoredRecord lock(Schema schema, UUID id) {
    return sql.first(one(schema, id).add(" for update"), row -> read(schema, row));
  }

  private static Statement one(Schema schema, UUID id) {
    return Statement.of(
        "select " + BESIDE_DATA + ", data from " + Names.table(schema) + " where id = ?", id);
  }

  /**
   * The first of the records that exist, in the order of ids, locked until the transaction ends:
   * not more than a thousand, nor than are that many bytes. Whoever wants those behind them asks
   * for them next, and so still locks in one order.
   */
  public Portion<StoredRecord> lock(Schema schema, Collection<UUID> ids, long bytes) {
    return sql.goOn(
        Portion.empty(bytes),
        BESIDE_DATA,
        Statement.of(
            "from " + Names.table(schema) + " where id = any (?) order by id for update",
            (Object) ids.toArray(UUID[]::new)),
        LOCKED_AT_ONCE,
        row -> read(schema, row));
  }

  /** Waits for whoever else brings the record back, and keeps others waiting. */
  public void lockComingBack(UUID id) {
    sql.execute(
        Statement.of("select pg_advisory_xact_lock(hashtextextended(?, 2))", id.toString()));
  }

  /** Those of the ids that exist, and will until the transaction ends. */
  public Set<UUID> keepPresent(Schema schema, Collection<UUID> ids) {
    return ids(
        Statement.of(
            "select id from "
                + Names.table(schema)
                + " where id = any (?) order by id for key share",
            (Object) ids.toArray(UUID[]::new)));
  }

  /** The records that hold one of these values in a unique field. */
  public Set<UUID> holding(Schema schema, Field field, List<Value> values) {
    Column column = new Column.OfField(field);
    return ids(
        Statement.of(
            "select id from %s where %s = any (?%s)"
                .formatted(Names.table(schema), Columns.sql(field), Columns.listType(column)),
            Columns.bound(column, values)));
  }

  private Set<UUID> ids(Statement statement) {
    return new HashSet<>(sql.list(statement, row -> Sql.uuid(row, "id")));
  }

  /** The page, which may end before its limit where records are large. */
  public Portion<StoredRecord> page(Schema schema, RecordQuery query) {
    PageSql sqlOf = new PageSql(query, "from " + Names.table(schema));
    Portion<StoredRecord> page = Portion.empty();
    if (!sqlOf.beginsWithoutKey()) {
      page = goOn(page, schema, sqlOf.withKey(), query.limit());
    }
    return page.more() || !sqlOf.hasStretchWithoutKey()
        ? page
        : goOn(page, schema, sqlOf.withoutKey(), query.limit());
  }

  private Portion<StoredRecord> goOn(
      Portion<StoredRecord> page, Schema schema, Statement from, int limit) {
    return sql.goOn(page, BESIDE_DATA, from, limit, row -> read(schema, row));
  }

  public long count(Schema schema, RecordQuery query) {
    return sql.number(
        new PageSql(query.filteredOnly(), "select count(*) from " + Names.table(schema))
            .conditions());
  }

  /** The first unique field whose value another record than this one holds, or null. */
  public @Nullable Field takenField(Schema schema, UUID id, Values values) {
    for (Field field : schema.fields()) {
      Value value = values.get(field);
      if (field.unique() && value != null && isTaken(schema, field, id, value)) {
        return field;
      }
    }
    return null;
  }

  private boolean isTaken(Schema schema, Field field, UUID id, Value value) {
    return sql.first(
            Statement.of(
                "select 1 from %s where %s = ? and id <> ?"
                    .formatted(Names.table(schema), Columns.sql(field)),
                value.json(),
                id),
            row -> true)
        != null;
  }

  /** That many numbers that no other record has or will have; they may have gaps between them. */
  public List<BigDecimal> numbers(Schema schema, Field field, int count) {
    if (field.type() != FieldType.AUTONUMBER) {
      throw new IllegalArgumentException(field.key() + " has no numbers to give");
    }
    return sql.list(
        Statement.of(
            "select nextval('" + Names.sequence(schema, field) + "') from generate_series(1, ?)",
            count),
        row -> BigDecimal.valueOf(row.getLong(1)));
  }

  /**
   * Gives every record that exists a number, in the order of their making and a page at a time. A
   * number is no word, so the trigger that makes words is told to leave them.
   */
  public void numberAll(Schema schema, Field field) {
    wordsStay(true);
    UUID place = numberPage(schema, field, BEFORE_ALL);
    while (place != null) {
      place = numberPage(schema, field, place);
    }
    wordsStay(false);
  }

  /** The last of the page, or null when there is none behind that place. */
  private @Nullable UUID numberPage(Schema schema, Field field, UUID place) {
    return sql.first(
        Statement.of(
            """
            with page as materialized (
                   select id from %1$s where id > ? order by id limit %4$d),
                 numbered as materialized (select id, nextval('%3$s') as number from page),
                 written as (
                   update %1$s r set data = r.data || jsonb_build_object('%2$d', n.number)
                   from numbered n where n.id = r.id)
            select id from page order by id desc limit 1
            """
                .formatted(Names.table(schema), field.slot(), Names.sequence(schema, field), PAGE),
            place),
        row -> Sql.uuid(row, "id"));
  }

  /** Until the transaction ends, or until it is taken back. See migration 13. */
  private void wordsStay(boolean stay) {
    sql.execute(
        Statement.of("select set_config('projects.words_stay', ?, true)", Boolean.toString(stay)));
  }

  private static StoredRecord read(Schema schema, ResultSet row) throws SQLException {
    return new StoredRecord(
        Sql.uuid(row, "id"),
        StoredValues.read(schema, row.getString("data")),
        row.getInt("version"),
        Sql.instant(row, "created_at"),
        Sql.instant(row, "updated_at"),
        Sql.uuid(row, "created_by"));
  }

  private static <T> Object column(
      List<StoredRecord> records,
      java.util.function.Function<StoredRecord, T> part,
      java.util.function.IntFunction<T[]> array) {
    return records.stream().map(part).toArray(array);
  }
}
