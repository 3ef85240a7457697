package dev.autopilot.auth.mail;

import dev.autopilot.auth.Person;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.MockMailbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** What arrives in people's mailboxes. */
@ApplicationScoped
public class Inbox {
  private static final Pattern TOKEN = Pattern.compile("#token=([A-Za-z0-9_-]+)");

  private final MockMailbox mailbox;

  Inbox(MockMailbox mailbox) {
    this.mailbox = mailbox;
  }

  /** The first letter to somebody with that subject. */
  public Mail await(String to, String subject) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(15))
        .until(
            () ->
                mailbox.getMailsSentTo(to).stream()
                    .filter(mail -> mail.getSubject().equals(subject))
                    .reduce((first, second) -> second)
                    .orElse(null),
            mail -> mail != null);
  }

  /** The token in the link of such a letter. */
  public String token(String to, String subject) {
    Matcher token = TOKEN.matcher(await(to, subject).getText());
    if (!token.find()) {
      throw new AssertionError("There is no link in the letter");
    }
    return token.group(1);
  }

  /** Somebody whose address is known to be theirs: others are written to when they ask for it. */
  public Person verified(Person person) {
    Person.post("email/verify", Map.of("token", token(person.email(), "Verify your address")))
        .then()
        .statusCode(204);
    return person;
  }

  public List<String> subjectsTo(String to) {
    return mailbox.getMailsSentTo(to).stream().map(Mail::getSubject).toList();
  }

  public void empty() {
    mailbox.clear();
  }
}
