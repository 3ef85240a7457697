package dev.autopilot.auth.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.autopilot.auth.MovableClock;
import dev.autopilot.auth.Person;
import dev.autopilot.auth.Tables;
import dev.autopilot.embedded.Ports;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Letters on their way through a real SMTP server. */
@QuarkusTest
@WithServers
@TestProfile(SmtpTest.WithSmtp.class)
class SmtpTest {

  /** An installation with a mail server. */
  public static class WithSmtp implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "SMTP_URL",
          "smtp://127.0.0.1:" + Ports.free(),
          "MAIL_FROM",
          "post@autopilot.example",
          // The client doesn't notice a server that goes before it has said anything.
          "quarkus.mailer.timeout",
          "5S");
    }
  }

  @Inject Tables tables;
  @Inject MovableClock clock;
  @Inject MailSettings settings;

  @BeforeEach
  @AfterEach
  void startOver() {
    clock.reset();
    tables.change("truncate letter"); // of classes before, too
  }

  @Test
  void aLetterArrivesOnceTheServerIsBackFromAnOutage() throws Exception {
    Person ada = Person.register();
    awaitPostponed(ada);

    try (Mailbox mailbox = new Mailbox(settings.smtpUrl().orElseThrow())) {
      clock.advance(Duration.ofSeconds(31));
      MimeMessage letter = mailbox.first();

      assertThat(letter.getSubject()).isEqualTo("Verify your address");
      assertThat(letter.getRecipients(Message.RecipientType.TO))
          .extracting(Object::toString)
          .containsExactly(ada.email());
      assertThat(letter.getFrom())
          .extracting(Object::toString)
          .containsExactly("post@autopilot.example");
      assertThat(letter.getContentType()).startsWith("multipart/alternative");
      assertThat(GreenMailUtil.getBody(letter)).contains("text/plain").contains("text/html");
    }
    Awaitility.await()
        .until(
            () -> tables.count("select count(*) from letter where account_id = ?1", ada.id()) == 0);
  }

  @Test
  void aServerThatKeepsALetterWaitingHoldsUpNobodyElse() throws Exception {
    int port = URI.create(settings.smtpUrl().orElseThrow()).getPort();
    try (var _ = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
      Person ada = Person.register();
      Awaitility.await()
          .until(() ->
              tables.count(
                      "select count(*) from letter where account_id = ?1 and tries = 1 and due_at > ?2",
                      ada.id(),
                      clock.instant().plusSeconds(60))
                  == 1);

      tables.rows("select id from letter where account_id = ?1 for update nowait", ada.id());
      ada.request()
          .body(Map.of("password", ada.password()))
          .delete("/api/auth/me")
          .then()
          .statusCode(204);
    }
  }

  /** Tried once, and then left until later. */
  private void awaitPostponed(Person person) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            tables.count(
                    "select count(*) from letter where account_id = ?1 and tries = 1 and due_at < ?2",
                    person.id(),
                    clock.instant().plusSeconds(31))
                == 1);
  }

  /** A mail server for the time of a test. */
  private static final class Mailbox implements AutoCloseable {
    private final GreenMail server;

    Mailbox(String url) {
      int port = URI.create(url).getPort();
      server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
      server.start();
    }

    MimeMessage first() {
      assertThat(server.waitForIncomingEmail(20_000, 1)).isTrue();
      return server.getReceivedMessages()[0];
    }

    @Override
    public void close() {
      server.stop();
    }
  }
}
