package dev.autopilot.projects.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[0-9]+",
        "[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}",
        "(?i)[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,253}\\.[a-z]{2,}",
        "(?P<year>[0-9]{4})-(0[1-9]|1[0-2])",
        "\\p{Lu}\\pL{0,200}|\\x{1F600}",
        "[]{1000}]{3}x{a}x{,3}",
        "\\Q(x{1000}\\E[[:alpha:]({1000}]\\(\\{9"
      })
  void whatPeopleWriteIsTaken(String pattern) throws InvalidValueException {
    assertThat(Patterns.compiled(pattern).pattern()).isEqualTo(pattern);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((x{1000}){1000}){1000}",
        "(((((x{0,9}){0,9}){0,9}){0,9}){0,9}){0,9}",
        "(?:(?:\\Q)\\Ex{1000}){1000}){1000}",
        "([])][^]}][[:alpha:])]{1000}){1000}",
        "(\\){1000}){1000}",
        "(a|b{500,}){0,999}",
        "(((x{1000}){1000}){1000}",
        "x{1000}{1000}{1000}",
        "(.{0,1000}){3}",
        "\\pL{2000}"
      })
  void whatGrowsTooLargeIsRefusedBeforeItGrows(String pattern) {
    org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(2),
        () ->
            assertThatThrownBy(() -> Patterns.compiled(pattern))
                .isInstanceOf(InvalidValueException.class));
  }

  @Test
  void manyRepeatsInARowAddUp() {
    assertThatThrownBy(() -> Patterns.compiled(".{0,1000}".repeat(50)))
        .hasMessageContaining("2000 steps");
    assertThatThrownBy(() -> Patterns.compiled("x".repeat(501))).hasMessageContaining("500");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "x{7}",
        "x{3,}",
        "x{0,9}",
        "(a|b){5,9}",
        "(x{3}(y+){0,4}z?){7}",
        "[^a]{9}(?i:ab){2}",
        "((a{2}){3,}){4}",
        "\\Qa+b\\E{3}",
        "(|a){30}",
        "(((a*)+)?){9}",
        "a|b|(c|d){8}",
        "\\bx{20}$"
      })
  void theSizeIsNeverToldTooSmall(String pattern) {
    // Two steps are the program's own, and so is each alternative.
    int alternatives = (int) pattern.chars().filter(c -> c == '|').count();
    assertThat(PatternSize.of(pattern) + 3L)
        .isGreaterThanOrEqualTo(Pattern.compile(pattern).programSize() - alternatives);
  }

  @Test
  void aPatternIsCompiledOnce() throws InvalidValueException {
    assertThat(Patterns.compiled("a+b{3}")).isSameAs(Patterns.compiled("a+b{3}"));
  }
}
