package dev.autopilot.auth.mail;

import dev.autopilot.kernel.start.Settings;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.Mailer;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.Variant;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is due, one letter at a time, each by one replica: it is claimed, sent, and then
 * removed or postponed. A letter that was sent in the moment of a crash is sent once more when its
 * lease is over: better twice than never.
 */
@ApplicationScoped
class PostOffice {
  private static final Logger LOG = Logger.getLogger(PostOffice.class);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
  private static final int MAX_DOUBLINGS = 6;

  /** How much longer a letter is ours than sending it can take. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final Letters letters;
  private final Mailer mailer;
  private final MailSettings settings;
  private final Clock clock;
  private final String from;
  private final Duration lease;
  private final boolean keepsSilent;
  private volatile boolean stopping;

  PostOffice(
      Letters letters,
      Mailer mailer,
      MailSettings settings,
      @ConfigProperty(name = "quarkus.mailer.timeout") Duration timeout,
      Settings suite,
      Clock clock) {
    this.letters = letters;
    this.mailer = mailer;
    this.settings = settings;
    this.lease = timeout.plus(MARGIN);
    this.clock = clock;
    this.from = settings.from().orElse("Autopilot <autopilot@" + suite.publicUrl().getHost() + ">");
    // Without SMTP letters go to the log, and in production nobody's key belongs there.
    this.keepsSilent = suite.production() && settings.smtpUrl().isEmpty();
  }

  @CheckedTemplate(basePath = "Letters", defaultName = CheckedTemplate.ELEMENT_NAME)
  static final class Templates {
    private Templates() {}

    static native TemplateInstance letter(
        String name, List<String> paragraphs, @Nullable String link, @Nullable String action);
  }

  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sendAll() {
    while (!stopping && sendNext()) {
      // Until nothing is due.
    }
  }

  void onStop(@Observes ShutdownEvent stop) {
    stopping = true;
  }

  private boolean sendNext() {
    Optional<Letters.Due> due = letters.claim(lease);
    due.ifPresent(this::open);
    return due.isPresent();
  }

  private void open(Letters.Due due) {
    Letter letter;
    try {
      letter = letters.open(due);
    } catch (RuntimeException unreadable) {
      LOG.errorf("A letter can't be opened and is given up: %s", unreadable.getMessage());
      letters.remove(due.id());
      return;
    }
    send(due, letter);
  }

  private void send(Letters.Due due, Letter letter) {
    if (keepsSilent) {
      LOG.warnf("A letter (%s) can't be sent: SMTP_URL is not set", letter.subject());
      letters.remove(due.id());
      return;
    }
    try {
      mailer.send(mail(letter));
    } catch (RuntimeException undeliverable) {
      if (!stopping) { // else whoever has the next lease tries again
        tryAgainLater(due, letter, undeliverable);
      }
      return;
    }
    letters.remove(due.id());
  }

  private void tryAgainLater(Letters.Due due, Letter letter, RuntimeException why) {
    if (due.createdAt().plus(settings.patience()).isBefore(clock.instant())) {
      LOG.errorf("A letter (%s) is given up: %s", letter.subject(), why.getMessage());
      letters.remove(due.id());
      return;
    }
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(due.tries() - 1, MAX_DOUBLINGS));
    LOG.warnf(
        "A letter (%s) can't be sent, again in %s: %s", letter.subject(), wait, why.getMessage());
    letters.postpone(due.id(), wait);
  }

  private Mail mail(Letter letter) {
    return new Mail()
        .setFrom(from)
        .addTo(letter.to())
        .setSubject(letter.subject())
        .setText(rendered(letter, Variant.TEXT_PLAIN))
        .setHtml(rendered(letter, Variant.TEXT_HTML));
  }

  private static String rendered(Letter letter, String contentType) {
    TemplateInstance template =
        Templates.letter(letter.name(), letter.paragraphs(), letter.link(), letter.action());
    template.setAttribute(TemplateInstance.SELECTED_VARIANT, Variant.forContentType(contentType));
    return template.render();
  }
}
