package dev.autopilot.projects.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.projects.record.Places;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.FieldType;
import dev.autopilot.projects.schema.Value;
import dev.autopilot.projects.sql.OneConnection;
import dev.autopilot.projects.sql.Portion;
import dev.autopilot.projects.storage.Migrated;
import dev.autopilot.projects.storage.Storage;
import dev.autopilot.projects.storage.StoredRecord;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/**
 * Random filters and sorts over the same records: SQL and a plain evaluator agree, and what a
 * filter is written as is read as the same filter. What fails is shrunk to the smallest that does.
 */
class FilterPropertyTest {
  private static final int DEPTH = 4;
  private static final List<StoredRecord> RECORDS = Garden.records(150);

  private static final Planted PLANTED = Planted.now();

  /** The records in a real table. */
  private record Planted(Connection connection, Storage storage) {
    static Planted now() {
      try {
        Connection connection = Migrated.connect("filters");
        Storage storage = Storage.over(OneConnection.sql(connection));
        storage.tables().create(Garden.SCHEMA);
        connection.setAutoCommit(false); // Records are written in a transaction.
        assertThat(storage.store().insert(Garden.SCHEMA, RECORDS)).hasSize(RECORDS.size());
        connection.setAutoCommit(true);
        return new Planted(connection, storage);
      } catch (SQLException failure) {
        throw new IllegalStateException(failure);
      }
    }
  }

  @AfterContainer
  static void clear() throws SQLException {
    PLANTED.storage.tables().drop(Garden.SCHEMA.storage());
    PLANTED.connection.close();
  }

  @Property(tries = 4_000, edgeCases = EdgeCasesMode.NONE)
  void sqlAndEvaluatorAgree(@ForAll("filters") Filter filter) {
    assertThat(found(filter)).isEqualTo(held(filter));
  }

  @Property(tries = 4_000, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenIsReadAsTheSame(@ForAll("filters") Filter filter) {
    String text = Written.of(filter);
    assertThat(FilterParser.parse(text, Garden.SCHEMA, Garden.NOW)).as(text).isEqualTo(filter);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void momentsAreRelativeToNow(@ForAll("moments") Moment moment) {
    Filter read = FilterParser.parse("at <= " + moment.text, Garden.SCHEMA, Garden.NOW);
    Filter absolute =
        new Filter.Compare(
            new Column.OfField(field("at")),
            Filter.Operator.LESS_OR_EQUAL,
            new Value.Text(moment.instant));
    assertThat(read).isEqualTo(absolute);
    assertThat(found(read)).isEqualTo(held(absolute));
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void pagesAgreeWithASortedList(@ForAll("sorts") String text) {
    Sort sort = Sort.parse(text, Garden.SCHEMA);
    List<UUID> paged = new ArrayList<>();
    @Nullable Cursor after = null;
    Portion<StoredRecord> page;
    do {
      page =
          PLANTED.storage.store().page(Garden.SCHEMA, new RecordQuery(null, null, sort, after, 7));
      page.rows().forEach(record -> paged.add(record.id()));
      after =
          page.rows().isEmpty()
              ? null
              : Cursor.decode(Places.behind(page.rows().getLast(), sort).encode());
    } while (page.more());
    assertThat(paged).isEqualTo(ids(RECORDS.stream().sorted(Evaluator.order(sort))));
  }

  private static List<UUID> found(Filter filter) {
    RecordQuery query = new RecordQuery(filter, null, Sort.BY_CREATION, null, 1_000);
    return ids(PLANTED.storage.store().page(Garden.SCHEMA, query).rows().stream());
  }

  private static List<UUID> held(Filter filter) {
    return ids(RECORDS.stream().filter(record -> Evaluator.holds(filter, record)));
  }

  private static List<UUID> ids(Stream<StoredRecord> records) {
    return records.map(StoredRecord::id).toList();
  }

  private static Field field(String key) {
    return Garden.SCHEMA.fields().stream()
        .filter(field -> field.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  @Provide
  Arbitrary<Filter> filters() {
    return filters(DEPTH);
  }

  private static Arbitrary<Filter> filters(int depth) {
    if (depth == 0) {
      return conditions();
    }
    Arbitrary<Filter> inner = Arbitraries.lazy(() -> filters(depth - 1));
    return Arbitraries.frequencyOf(
        Tuple.of(3, conditions()),
        Tuple.of(2, inner.map(Filter.Not::new)),
        Tuple.of(2, parts(inner, Filter.And.class).map(Filter.And::new)),
        Tuple.of(2, parts(inner, Filter.Or.class).map(Filter.Or::new)));
  }

  /** No chain directly within a chain of its kind: that one would be read as one chain. */
  private static Arbitrary<List<Filter>> parts(Arbitrary<Filter> inner, Class<?> unlike) {
    return inner
        .filter(part -> !unlike.isInstance(part))
        .list()
        .ofMinSize(2)
        .ofMaxSize(3)
        .map(List::copyOf);
  }

  private static Arbitrary<Filter> conditions() {
    List<Column> columns = new ArrayList<>(List.of(Column.OfRecord.VERSION));
    Garden.SCHEMA.fields().forEach(field -> columns.add(new Column.OfField(field)));
    return Arbitraries.of(columns).flatMap(FilterPropertyTest::conditions);
  }

  private static Arbitrary<Filter> conditions(Column column) {
    Arbitrary<Filter> isNull = Arbitraries.just(new Filter.IsNull(column));
    Arbitrary<Value> values = values(column);
    Arbitrary<Filter> in =
        values
            .list()
            .ofMinSize(1)
            .ofMaxSize(3)
            .map(List::copyOf)
            .map(v -> new Filter.In(column, v));
    Arbitrary<Filter> contains = texts().map(text -> new Filter.Contains(column, text));
    return switch (column.shape()) {
      case FLAG ->
          Arbitraries.oneOf(
              isNull, values.map(v -> new Filter.Compare(column, Filter.Operator.EQUAL, v)));
      case TEXTS -> Arbitraries.oneOf(isNull, in, contains);
      case TEXT, NUMBER -> {
        Arbitrary<Filter> compare =
            Arbitraries.of(Filter.Operator.class)
                .flatMap(operator -> values.map(v -> new Filter.Compare(column, operator, v)));
        Arbitrary<Filter> between =
            values.flatMap(low -> values.map(high -> new Filter.Between(column, low, high)));
        yield isPlain(column)
            ? Arbitraries.oneOf(isNull, in, compare, between, contains)
            : Arbitraries.oneOf(isNull, in, compare, between);
      }
      case TREE -> throw new IllegalStateException();
    };
  }

  private static boolean isPlain(Column column) {
    return column instanceof Column.OfField(var field) && field.type() == FieldType.TEXT;
  }

  private static Arbitrary<Value> values(Column column) {
    if (column.key().equals("day")) {
      return Arbitraries.integers().between(0, 9).map(day -> new Value.Text(Garden.day(day)));
    }
    if (column.key().equals("at")) {
      return Arbitraries.integers().between(0, 9).map(hour -> new Value.Text(Garden.instant(hour)));
    }
    return switch (column.shape()) {
      case TEXT, TEXTS -> texts().map(Value.Text::new);
      case NUMBER ->
          Arbitraries.integers()
              .between(-40, 40)
              .map(tenths -> new Value.Amount(BigDecimal.valueOf(tenths, 1)));
      case FLAG -> Arbitraries.of(true, false).map(Value.Flag::new);
      case TREE -> throw new IllegalStateException();
    };
  }

  /** Mostly those that records hold; else anything that a text may be. */
  private static Arbitrary<String> texts() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, Arbitraries.of(Garden.TEXTS)),
        Tuple.of(1, Arbitraries.strings().ofMaxLength(5).filter(FilterPropertyTest::isStorable)));
  }

  private static boolean isStorable(String text) {
    return text.indexOf('\0') < 0
        && text.codePoints()
            .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  /** A moment as a filter writes it, and as it is then. */
  record Moment(String text, String instant) {}

  @Provide
  Arbitrary<Moment> moments() {
    return Arbitraries.integers()
        .between(-5, 5)
        .flatMap(hours ->
            Arbitraries.of(
                moment("now", hours * 3_600L, 'h', hours),
                moment("now", hours * 60L, 'm', hours),
                moment("now", hours * 604_800L, 'w', hours),
                moment("today", -43_200 + hours * 86_400L, 'd', hours),
                moment("today", -43_200 + hours, 's', hours)));
  }

  private static Moment moment(String word, long seconds, char unit, int count) {
    String span = count == 0 ? "" : (count < 0 ? " - " : " + ") + Math.abs(count) + unit;
    String instant =
        java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
            .withZone(java.time.ZoneOffset.UTC)
            .format(Garden.NOW.plusSeconds(seconds));
    return new Moment(word + span, instant);
  }

  @Provide
  Arbitrary<String> sorts() {
    return Arbitraries.of("text", "number", "flag", "day", "other", "at", "version", "id")
        .flatMap(key -> Arbitraries.of("", "-").map(sign -> sign + key))
        .list()
        .uniqueElements(key -> key.replace("-", ""))
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(keys -> String.join(",", keys));
  }
}
