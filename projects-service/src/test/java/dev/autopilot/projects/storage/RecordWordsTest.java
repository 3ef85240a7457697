package dev.autopilot.projects.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.FieldOptions;
import dev.autopilot.projects.schema.FieldType;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Value;
import dev.autopilot.projects.schema.Values;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** The words of a record, made in Java and in SQL: they are the same. */
class RecordWordsTest {
  private static final UUID NOBODY = new UUID(0, 0);
  private static final Schema SCHEMA =
      new Schema(
          NOBODY,
          NOBODY,
          NOBODY,
          1,
          List.of(
              field(1, "name", FieldType.TEXT),
              field(2, "tags", FieldType.MULTI_SELECT),
              field(3, "tree", FieldType.JSON),
              field(4, "size", FieldType.NUMBER)));

  private static final Connection CONNECTION = connection();

  private static Field field(int slot, String key, FieldType type) {
    return new Field(slot, key, key, type, false, false, false, FieldOptions.NONE);
  }

  private static Connection connection() {
    try {
      return Migrated.connect("record_words");
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @AfterContainer
  static void close() throws SQLException {
    CONNECTION.close();
  }

  @Example
  void wordsAreRunsOfLettersAndDigitsWithAGapBetweenTexts() throws SQLException {
    assertThat(
            words(
                values(
                    "Élan-Person12@Example.org",
                    List.of("GRÜN", "x_1"),
                    JsonNodeFactory.instance.objectNode().put("key", "Ivy").put("n", 5))))
        .isEqualTo("'1':9 'example':3 'grün':6 'ivy':11 'org':4 'person12':2 'x':8 'élan':1");
  }

  @Example
  void anIdIsNoWord() throws SQLException {
    UUID id = UUID.randomUUID();
    assertThat(
            words(
                values(id.toString(), List.of(id.toString().toUpperCase(Locale.ROOT)), text("a"))))
        .isEqualTo("'a':1");
    assertThat(words(values("x" + id, List.of(), text("a")))).contains("'x");
  }

  @Example
  void aLongWordIsCutAndManyWordsAreTaken() throws SQLException {
    String letters = "𐐨".repeat(3_000);
    assertThat(words(values(letters, List.of(), text(""))))
        .isEqualTo("'" + "𐐨".repeat(255) + "':1");
    assertThat(words(values("a b ".repeat(25_000), List.of(), text("last")))).contains("'last':");
  }

  @Property(tries = 1_000)
  void javaAndSqlMakeTheSame(@ForAll("rows") Values values) throws SQLException {
    assertThat(words(values)).isNotNull();
  }

  /** Every character there is, between two letters: it parts them or it doesn't. */
  @Example
  void javaAndSqlAgreeOnEveryCharacter() throws SQLException {
    ArrayNode texts = JsonNodeFactory.instance.arrayNode();
    for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
      int type = Character.getType(c);
      if (type != Character.SURROGATE
          && type != Character.PRIVATE_USE
          && type != Character.UNASSIGNED) {
        texts.add("q" + Character.toString(c) + "Z");
      }
      if (texts.size() == 1_000) {
        assertThat(words(values("", List.of(), texts))).isNotEmpty();
        texts.removeAll();
      }
    }
    assertThat(words(values("", List.of(), texts))).isNotEmpty();
  }

  @Provide
  Arbitrary<Values> rows() {
    Arbitrary<String> texts =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(30),
            Arbitraries.strings().withChars("aÅßİǅ1٢-_ .\n\t\"\\':&|!*").ofMaxLength(30));
    Arbitrary<String> storable =
        texts.filter(text ->
            text.codePoints().allMatch(c -> c > 0 && Character.getType(c) != Character.SURROGATE));
    return Combinators.combine(storable, storable.list().ofMaxSize(4), storable)
        .as((name, tags, leaf) -> values(name, tags, text(leaf)));
  }

  private static JsonNode text(String leaf) {
    return JsonNodeFactory.instance
        .arrayNode()
        .add(JsonNodeFactory.instance.objectNode().put("key", leaf))
        .add(1)
        .add(true);
  }

  private static Values values(String name, List<String> tags, JsonNode tree) {
    return new Values(
        Map.of(
            "name", new Value.Text(name),
            "tags", new Value.Texts(tags),
            "tree", new Value.Tree(tree),
            "size", new Value.Amount(BigDecimal.TEN)));
  }

  /** As both have them. */
  private static String words(Values values) throws SQLException {
    try (PreparedStatement query =
        CONNECTION.prepareStatement("select ?::tsvector::text, record_words(?::jsonb)::text")) {
      query.setString(1, RecordWords.of(SCHEMA, values));
      query.setString(2, StoredValues.write(SCHEMA, values));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        assertThat(row.getString(2)).isEqualTo(row.getString(1));
        return row.getString(1);
      }
    }
  }
}
