package dev.autopilot.auth.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How letters leave. */
@ConfigMapping(prefix = "autopilot.auth.mail")
public interface MailSettings {
  /** Where they are handed in; {@code smtp://user:password@host:587} or {@code smtps://…}. */
  @WithDefault("${SMTP_URL:}")
  Optional<String> smtpUrl();

  /** Whom they come from; by default {@code autopilot@} the public host. */
  @WithDefault("${MAIL_FROM:}")
  Optional<String> from();

  /** For how long a letter that can't be sent is tried again. */
  @WithDefault("24H")
  Duration patience();
}
