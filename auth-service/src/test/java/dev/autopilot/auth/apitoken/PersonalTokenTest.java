package dev.autopilot.auth.apitoken;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalTokenTest {

  @Test
  void aTokenIsKnownByItsPrefixAndItsChecksum() {
    PersonalToken token = PersonalToken.random();

    assertThat(token.value()).matches("ap_[0-9A-Za-z]{49}");
    assertThat(PersonalToken.parse(token.value())).contains(token);
  }

  @Test
  void aTypingMistakeIsNoticedWithoutAskingAnyone() {
    String token = PersonalToken.random().value();
    for (int i = "ap_".length(); i < token.length(); i++) {
      char other = token.charAt(i) == 'x' ? 'y' : 'x';
      String mistaken = token.substring(0, i) + other + token.substring(i + 1);

      assertThat(PersonalToken.parse(mistaken)).as(mistaken).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ap_", "ap_short", "AP_0000", "bearer", "ap_\u0000"})
  void whatIsNoTokenIsNone(String text) {
    assertThat(PersonalToken.parse(text)).isEmpty();
  }

  @Test
  void aTokenIsNotShownWhenItIsPrinted() {
    PersonalToken token = PersonalToken.random();

    assertThat(token.toString()).doesNotContain(token.value()).contains(token.beginning());
  }
}
