package dev.autopilot.projects.query;

import dev.autopilot.projects.schema.Value;
import dev.autopilot.projects.storage.StoredRecord;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The filter language in a page of Java: what SQL must agree with. */
final class Evaluator {
  private Evaluator() {}

  static boolean holds(Filter filter, StoredRecord record) {
    return switch (filter) {
      case Filter.And(var all) -> all.stream().allMatch(part -> holds(part, record));
      case Filter.Or(var any) -> any.stream().anyMatch(part -> holds(part, record));
      case Filter.Not(var inner) -> !holds(inner, record);
      case Filter.IsNull(var column) -> value(column, record) == null;
      case Filter.Compare(var column, var operator, var value) ->
          compares(value(column, record), operator, value);
      case Filter.Between(var column, var low, var high) ->
          compares(value(column, record), Filter.Operator.GREATER_OR_EQUAL, low)
              && compares(value(column, record), Filter.Operator.LESS_OR_EQUAL, high);
      case Filter.In(var column, var values) -> isIn(value(column, record), values);
      case Filter.Contains(var column, var text) -> contains(value(column, record), text);
    };
  }

  static Comparator<StoredRecord> order(Sort sort) {
    Comparator<StoredRecord> order = Comparator.comparingInt(record -> 0);
    for (Sort.Key key : sort.keys()) {
      order =
          order.thenComparing(
              record -> value(key.column(), record),
              Comparator.nullsLast(key.descending() ? COMPARE.reversed() : COMPARE));
    }
    Comparator<StoredRecord> byId = Comparator.comparing(record -> record.id().toString());
    return order.thenComparing(sort.keys().getFirst().descending() ? byId.reversed() : byId);
  }

  private static final Comparator<Value> COMPARE = Evaluator::compare;

  private static @Nullable Value value(Column column, StoredRecord record) {
    return switch (column) {
      case Column.OfField(var field) -> record.values().get(field);
      case Column.OfRecord.VERSION -> new Value.Amount(BigDecimal.valueOf(record.version()));
      case Column.OfRecord.ID -> new Value.Text(record.id().toString());
      case Column.OfRecord.CREATED_BY -> new Value.Text(record.createdBy().toString());
      case Column.OfRecord.CREATED_AT -> new Value.Text(record.createdAt().toString());
      case Column.OfRecord.UPDATED_AT -> new Value.Text(record.updatedAt().toString());
    };
  }

  private static boolean compares(@Nullable Value value, Filter.Operator operator, Value other) {
    if (value == null) {
      return false;
    }
    int order = compare(value, other);
    return switch (operator) {
      case EQUAL -> order == 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }

  private static int compare(Value a, Value b) {
    return switch (a) {
      case Value.Text(var text) ->
          Arrays.compareUnsigned(utf8(text), utf8(((Value.Text) b).text()));
      case Value.Amount(var number) -> number.compareTo(((Value.Amount) b).number());
      case Value.Flag(var flag) -> Boolean.compare(flag, ((Value.Flag) b).flag());
      case Value.Texts _, Value.Tree _ -> throw new IllegalArgumentException("No order");
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isIn(@Nullable Value value, List<Value> list) {
    return switch (value) {
      case null -> false;
      case Value.Texts(var texts) ->
          list.stream().anyMatch(one -> texts.contains(((Value.Text) one).text()));
      case Value.Text _, Value.Amount _, Value.Flag _, Value.Tree _ ->
          list.stream().anyMatch(one -> compare(value, one) == 0);
    };
  }

  private static boolean contains(@Nullable Value value, String text) {
    return switch (value) {
      case Value.Text(var whole) -> folded(whole).contains(folded(text));
      case Value.Texts(var texts) -> texts.contains(text);
      case null -> false;
      case Value.Amount _, Value.Flag _, Value.Tree _ -> false;
    };
  }

  private static String folded(String text) {
    return text.codePoints()
        .map(Character::toLowerCase)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
