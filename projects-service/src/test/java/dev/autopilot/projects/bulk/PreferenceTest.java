package dev.autopilot.projects.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "return=minimal",
        "Return = Minimal",
        "return=\"minimal\"",
        "respond-async, return=minimal; foo=bar",
        "return=minimal, return=representation"
      })
  void aMinimalAnswerIsPreferred(String header) {
    assertThat(Preference.of(List.of(header))).isEqualTo(Preference.MINIMAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "minimal",
        "returning=minimal",
        "return=minimally",
        "return=representation",
        "return=representation, return=minimal"
      })
  void aWholeOneIs(String header) {
    assertThat(Preference.of(List.of(header))).isEqualTo(Preference.REPRESENTATION);
  }

  @Test
  void severalHeadersAreOneList() {
    assertThat(Preference.of(List.of("wait=10", "return=minimal"))).isEqualTo(Preference.MINIMAL);
    assertThat(Preference.of(List.of())).isEqualTo(Preference.REPRESENTATION);
  }
}
