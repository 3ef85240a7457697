package dev.autopilot.projects.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

class WordQueryTest {
  private static final Connection CONNECTION = connection();

  private static Connection connection() {
    try {
      return TestDatabase.connect("words");
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @AfterContainer
  static void close() throws SQLException {
    CONNECTION.close();
  }

  @Example
  void aWordIsOfLettersAndDigitsInLowerCase() throws SQLException {
    assertMeans("Élan ГОД 42", "'élan' & 'год' & '42'");
    assertMeans("shade\u3000dry", "'shade' & 'dry'");
  }

  @Example
  void whatHasSeveralWordsWithinItIsAPhrase() throws SQLException {
    assertMeans("John@Example.org", "'john' <-> 'example' <-> 'org'");
    assertMeans("-code-12 oak", "!( 'code' <-> '12' ) & 'oak'");
    assertMeans("\"code-12 of john's\"", "'code' <-> '12' <-> 'of' <-> 'john' <-> 's'");
  }

  @Example
  void whatHasNoWordAsksForNothing() throws SQLException {
    assertMeans(" -- \"\" !&|()<->:* ", "");
    assertMeans("oak & !", "'oak'");
    assertMeans("oak or - ash", "'oak' | 'ash'");
  }

  @Example
  void nothingThatIsTypedIsAnOperatorOfPostgreSql() throws SQLException {
    assertMeans("a:* b!c (d|e) 'f' \\g", "'a' & 'b' <-> 'c' & 'd' <-> 'e' & 'f' & 'g'");
  }

  @Property(tries = 1_000)
  void itMeansWhatAWebSearchDoes(@ForAll("searches") List<String> terms) throws SQLException {
    String typed = String.join(" ", terms);
    assertMeans(typed, one("select websearch_to_tsquery('simple', ?)", typed));
  }

  @Provide
  Arbitrary<List<String>> searches() {
    return Arbitraries.of("oak", "Ash", "-fern", "or", "OR", "\"red rose\"", "-\"red rose\"", "ivy")
        .list()
        .ofMaxSize(6);
  }

  private static void assertMeans(String typed, String query) throws SQLException {
    assertThat(one("select ?::tsquery", WordQuery.of(typed))).as(typed).isEqualTo(query);
  }

  private static String one(String sql, String bound) throws SQLException {
    try (PreparedStatement statement = CONNECTION.prepareStatement(sql)) {
      statement.setString(1, bound);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
