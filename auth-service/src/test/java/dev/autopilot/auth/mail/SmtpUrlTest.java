package dev.autopilot.auth.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpUrlTest {

  @Test
  void aPasswordIsOnlySentOverTls() {
    assertThat(SmtpUrlSource.settings("smtp://ada:s%40cret+1@mail.example.org"))
        .containsEntry("quarkus.mailer.host", "mail.example.org")
        .containsEntry("quarkus.mailer.port", "587")
        .containsEntry("quarkus.mailer.username", "ada")
        .containsEntry("quarkus.mailer.password", "s@cret+1")
        .containsEntry("quarkus.mailer.start-tls", "REQUIRED")
        .containsEntry("quarkus.mailer.mock", "false");
    assertThat(SmtpUrlSource.settings("smtps://ada:secret@mail.example.org:4465"))
        .containsEntry("quarkus.mailer.port", "4465")
        .containsEntry("quarkus.mailer.tls", "true");
    assertThat(SmtpUrlSource.settings("smtp://localhost:2525"))
        .containsEntry("quarkus.mailer.start-tls", "OPTIONAL")
        .doesNotContainKey("quarkus.mailer.username");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://ada:secret@mail.example.org",
        "smtp://ada:secret%@mail.example.org",
        "smtp://ada:sec ret@mail.example.org",
        "smtp://ada:secret[@mail.example.org",
        "smtp://ada:secret#@mail.example.org",
        "ada:secret"
      })
  void anythingElseIsRefusedAndNotRepeatedInTheLog(String url) {
    assertThatThrownBy(() -> SmtpUrlSource.settings(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageStartingWith("SMTP_URL must look like")
        .hasMessageNotContainingAny("secret", "sec ret");
  }
}
