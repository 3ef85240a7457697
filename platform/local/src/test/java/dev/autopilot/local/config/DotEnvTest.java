package dev.autopilot.local.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DotEnvTest {
  @Test
  void readsKeysAndValues() {
    assertThat(parse("PLAIN=value", " SPACED = a b ", "export GIVEN=yes", "EMPTY="))
        .isEqualTo(Map.of("PLAIN", "value", "SPACED", "a b", "GIVEN", "yes", "EMPTY", ""));
  }

  @Test
  void skipsCommentsAndEmptyLines() {
    assertThat(parse("# a comment", "", "A=1 # why", "B=x#y", "C=# nothing"))
        .isEqualTo(Map.of("A", "1", "B", "x#y", "C", ""));
  }

  @Test
  void takesSingleQuotesAsTheyAreAndUnescapesDoubleOnes() {
    assertThat(parse("A='a # \\n \"b\"'  # c", "B=\"line\\nnext \\\"q\\\" \\$x # no\""))
        .isEqualTo(Map.of("A", "a # \\n \"b\"", "B", "line\nnext \"q\" $x # no"));
  }

  @Test
  void keepsEqualSignsAndAddresses() {
    assertThat(parse("DATABASE_URL=postgresql://u:p=w@h:5432/d?sslmode=require"))
        .containsEntry("DATABASE_URL", "postgresql://u:p=w@h:5432/d?sslmode=require");
  }

  @Test
  void saysWhichLineIsWrong() {
    assertThatThrownBy(() -> parse("A=1", "", "what is this"))
        .isInstanceOf(Refusal.class)
        .hasMessage(".env, line 3, is not of the form KEY=value.");
    assertThatThrownBy(() -> parse("A=\"open"))
        .isInstanceOf(Refusal.class)
        .hasMessage(".env, line 1, has a quote that isn't closed.");
  }

  @Test
  void aMissingFileSaysNothing(@TempDir Path folder) {
    assertThat(DotEnv.read(folder.resolve(".env"))).isEmpty();
  }

  private static Map<String, String> parse(String... lines) {
    return DotEnv.parse(".env", List.of(lines));
  }
}
