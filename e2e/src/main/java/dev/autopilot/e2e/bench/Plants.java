package dev.autopilot.e2e.bench;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records of twelve fields: one of them unique, three indexed. The n-th is always the same. */
final class Plants {
  static final String CSV_HEADER =
      "code,name,state,amount,day,note,active,rating,email,site,extra,line\n";

  private static final List<String> STATES = List.of("open", "paid", "sent", "void");
  private static final int CENTS = 1_000_003;
  private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);
  private static final int DAYS = 2_000;

  private Plants() {}

  static List<Map<String, Object>> fields() {
    return List.of(
        Map.of("key", "code", "type", "text", "unique", true),
        Map.of("key", "name", "type", "text", "required", true),
        Map.of("key", "state", "type", "select", "indexed", true, "options", choices()),
        Map.of("key", "amount", "type", "decimal", "indexed", true),
        Map.of("key", "day", "type", "date", "indexed", true),
        Map.of("key", "note", "type", "long_text"),
        Map.of("key", "active", "type", "boolean"),
        Map.of("key", "rating", "type", "number"),
        Map.of("key", "email", "type", "email"),
        Map.of("key", "site", "type", "url"),
        Map.of("key", "extra", "type", "json"),
        Map.of("key", "line", "type", "text"));
  }

  /** The same twelve, none of them indexed or unique. */
  static List<Map<String, Object>> plainFields() {
    return fields().stream().map(Plants::plain).toList();
  }

  private static Map<String, Object> plain(Map<String, Object> field) {
    Map<String, Object> plain = new LinkedHashMap<>(field);
    plain.keySet().removeAll(List.of("unique", "indexed"));
    return plain;
  }

  private static Map<String, Object> choices() {
    return Map.of("choices", STATES.stream().map(state -> Map.of("value", state)).toList());
  }

  /** Their values in JSON. */
  static void json(StringBuilder to, long n) {
    to.append("{\"code\":\"code-").append(n);
    to.append("\",\"name\":\"Plant ").append(n);
    to.append("\",\"state\":\"").append(state(n));
    to.append("\",\"amount\":");
    amount(to, n);
    to.append(",\"day\":\"").append(day(n));
    to.append("\",\"note\":\"Some words about plant number ").append(n);
    to.append("\",\"active\":").append(n % 2 == 0);
    to.append(",\"rating\":").append(n % 97);
    to.append(",\"email\":\"person").append(n % 5_000).append("@example.org");
    to.append("\",\"site\":\"https://example.org/").append(n);
    to.append("\",\"extra\":{\"row\":").append(n);
    to.append("},\"line\":\"line ").append(n % 1_000).append("\"}");
  }

  /** The same as a line of a file. */
  static void csv(StringBuilder to, long n) {
    to.append("code-").append(n);
    to.append(",Plant ").append(n);
    to.append(',').append(state(n)).append(',');
    amount(to, n);
    to.append(',').append(day(n));
    to.append(",Some words about plant number ").append(n);
    to.append(',').append(n % 2 == 0);
    to.append(',').append(n % 97);
    to.append(",person").append(n % 5_000).append("@example.org");
    to.append(",https://example.org/").append(n);
    to.append(",\"{\"\"row\"\":").append(n);
    to.append("}\",line ").append(n % 1_000).append('\n');
  }

  /** From 0.00 to 10,000.02, in no order. */
  private static void amount(StringBuilder to, long n) {
    long cents = n * 7_919 % CENTS;
    to.append(cents / 100).append('.').append(cents / 10 % 10).append(cents % 10);
  }

  private static String state(long n) {
    return STATES.get((int) (n % STATES.size()));
  }

  private static LocalDate day(long n) {
    return FIRST_DAY.plusDays(n % DAYS);
  }
}
