package dev.autopilot.auth.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class SmtpUrlTest {

  @Test
  void aPasswordIsOnlySentOverTls() {
    assertThat(SmtpUrlSource.settings(URI.create("smtp://ada:s%40cret+1@mail.example.org")))
        .containsEntry("quarkus.mailer.host", "mail.example.org")
        .containsEntry("quarkus.mailer.port", "587")
        .containsEntry("quarkus.mailer.username", "ada")
        .containsEntry("quarkus.mailer.password", "s@cret+1")
        .containsEntry("quarkus.mailer.start-tls", "REQUIRED")
        .containsEntry("quarkus.mailer.mock", "false");
    assertThat(SmtpUrlSource.settings(URI.create("smtps://ada:secret@mail.example.org:4465")))
        .containsEntry("quarkus.mailer.port", "4465")
        .containsEntry("quarkus.mailer.tls", "true");
    assertThat(SmtpUrlSource.settings(URI.create("smtp://localhost:2525")))
        .containsEntry("quarkus.mailer.start-tls", "OPTIONAL")
        .doesNotContainKey("quarkus.mailer.username");
  }

  @Test
  void anythingElseIsRefused() {
    assertThatThrownBy(() -> SmtpUrlSource.settings(URI.create("http://mail.example.org")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
