package dev.autopilot.projects.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autopilot.kernel.problem.ProblemException;
import dev.autopilot.projects.query.Filter.Operator;
import dev.autopilot.projects.schema.Choice;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.FieldOptions;
import dev.autopilot.projects.schema.FieldType;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {
  private static final Instant NOW = Instant.parse("2026-03-15T12:30:45.123Z");
  private static final Schema SCHEMA =
      new Schema(
          UUID.randomUUID(),
          UUID.randomUUID(),
          UUID.randomUUID(),
          1,
          List.of(
              field(1, "status", FieldType.SELECT),
              field(2, "amount", FieldType.DECIMAL),
              field(3, "name", FieldType.TEXT),
              field(4, "paid", FieldType.BOOLEAN),
              field(5, "due", FieldType.DATE),
              field(6, "seen", FieldType.DATETIME),
              field(7, "tags", FieldType.MULTI_SELECT),
              field(8, "extra", FieldType.JSON)));

  private static Field field(int slot, String key, FieldType type) {
    return new Field(slot, key, key, type, false, false, false, FieldOptions.NONE);
  }

  private static Column column(String key) {
    return Objects.requireNonNull(Column.named(key, SCHEMA));
  }

  private static Filter parse(String text) {
    return FilterParser.parse(text, SCHEMA, NOW);
  }

  private static Filter equal(String key, String text) {
    return new Filter.Compare(column(key), Operator.EQUAL, new Value.Text(text));
  }

  private static Value amount(String number) {
    return new Value.Amount(new BigDecimal(number));
  }

  @Test
  void andBindsTighterThanOr() {
    assertThat(parse("status = \"open\" and amount >= 100 or name ~ \"acme\""))
        .isEqualTo(
            new Filter.Or(
                List.of(
                    new Filter.And(
                        List.of(
                            equal("status", "open"),
                            new Filter.Compare(
                                column("amount"), Operator.GREATER_OR_EQUAL, amount("100")))),
                    new Filter.Contains(column("name"), "acme"))));
  }

  @Test
  void parenthesesGroup() {
    assertThat(parse("status = 'a' and (name = 'b' or name = 'c')"))
        .isEqualTo(
            new Filter.And(
                List.of(
                    equal("status", "a"),
                    new Filter.Or(List.of(equal("name", "b"), equal("name", "c"))))));
  }

  @Test
  void wordsAreKnownInAnyCaseAndNegationsNegate() {
    assertThat(parse("NOT status IN ('a', \"b\") And amount NOT Between -1.5 and 2"))
        .isEqualTo(
            new Filter.And(
                List.of(
                    new Filter.Not(
                        new Filter.In(
                            column("status"), List.of(new Value.Text("a"), new Value.Text("b")))),
                    new Filter.Not(
                        new Filter.Between(column("amount"), amount("-1.5"), amount("2"))))));
  }

  @Test
  void unequalIsTheNegationOfEqual() {
    assertThat(parse("status != 'open'")).isEqualTo(new Filter.Not(equal("status", "open")));
  }

  @Test
  void nothingIsAskedForWithIsNull() {
    assertThat(parse("extra is null or tags is not null"))
        .isEqualTo(
            new Filter.Or(
                List.of(
                    new Filter.IsNull(column("extra")),
                    new Filter.Not(new Filter.IsNull(column("tags"))))));
  }

  @ParameterizedTest
  @CsvSource({
    "seen > now,2026-03-15T12:30:45.123Z",
    "seen > now - 90m,2026-03-15T11:00:45.123Z",
    "seen > today,2026-03-15T00:00:00.000Z",
    "seen > today+1W,2026-03-22T00:00:00.000Z",
    "due > today,2026-03-15",
    "due > today - 1mo,2026-02-15",
    "due > now - 1y,2025-03-15",
    "createdAt > now-7d,2026-03-08T12:30:45.123Z",
  })
  void momentsAreRelativeToNow(String filter, String expected) {
    assertThat(parse(filter))
        .isInstanceOfSatisfying(
            Filter.Compare.class,
            compare -> assertThat(compare.value()).isEqualTo(new Value.Text(expected)));
  }

  @ParameterizedTest
  @CsvSource({
    "seen = '2026-01-01T02:00:00+02:00',2026-01-01T00:00:00.000Z",
    "seen = '2026-01-01',2026-01-01T00:00:00.000Z",
    "due = '2026-01-01',2026-01-01",
  })
  void instantsAreComparedInOneForm(String filter, String expected) {
    assertThat(parse(filter)).isEqualTo(equal(filter.split(" ")[0], expected));
  }

  @Test
  void escapesStandForWhatTheyEscape() {
    assertThat(parse("name = \"say \\\"hi\\\"\\n\\\\\""))
        .isEqualTo(equal("name", "say \"hi\"\n\\"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "status = | 9 | value",
        "= 'a' | 1 | field",
        "colour = 'red' | 1 | no field",
        "status ! 'a' | 8 | character",
        "status = 'open | 10 | no end",
        "status = 'a' status | 14 | \"and\", \"or\" or the end",
        "(status = 'a' | 14 | \")\"",
        "amount = 'x' | 10 | number",
        "amount ~ 'x' | 8 | no text",
        "amount = true | 10 | isn't true or false",
        "paid > true | 6 | only true or false",
        "status = 5 | 10 | isn't a number",
        "status = null | 10 | is null",
        "due = '2026-02-30' | 7 | date",
        "due = 'tomorrow' | 7 | date",
        "due > now - 7q | 14 | units",
        "name > now | 8 | neither",
        "tags = 'a' | 6 | list",
        "extra = 'a' | 7 | JSON",
        "status in () | 12 | value",
        "status not = 'a' | 12 | \"in\" or \"between\"",
        "id = 'x' | 6 | id",
        "name = 'a\\q' | 10 | escapes",
        "amount = 111111111111111111111111111111111111111 | 10 | digits",
        "and = 'a' | 1 | field",
      })
  void whatIsWrongIsToldWithItsPosition(String filter, int position, String reason) {
    assertThatThrownBy(() -> parse(filter))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.code().status()).isEqualTo(422);
              assertThat(problem.errors().getFirst().pointer()).isEqualTo("/filter");
              assertThat(problem.errors().getFirst().message())
                  .startsWith("At character " + position + ": ")
                  .contains(reason);
            });
  }

  @Test
  void sizeAndDepthAreBounded() {
    assertThatThrownBy(() -> parse("(".repeat(2_000) + "paid = true" + ")".repeat(2_000)))
        .hasMessageContaining("levels of nesting");
    assertThatThrownBy(() -> parse("not ".repeat(900) + "paid = true"))
        .hasMessageContaining("levels of nesting");
    assertThatThrownBy(() -> parse("name = '" + "x".repeat(5_000) + "'"))
        .hasMessageContaining("characters");
    assertThatThrownBy(() -> parse("amount in (1" + ",1".repeat(600) + ")"))
        .hasMessageContaining("values");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "name", "'a' = name", "name = 'a' and", "not", "()", "-5 = 5"})
  void whatIsNoFilterIsRefused(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(ProblemException.class);
  }

  @Test
  void choicesAreNotCheckedSoThatAFilterOutlivesThem() {
    Field select =
        new Field(
            1,
            "status",
            "status",
            FieldType.SELECT,
            false,
            false,
            false,
            new FieldOptions(
                List.of(new Choice("open", null, null)),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null));
    Schema schema =
        new Schema(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), 1, List.of(select));

    assertThat(FilterParser.parse("status = 'gone'", schema, NOW)).isNotNull();
  }
}
