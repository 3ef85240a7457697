package dev.autopilot.integration.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much is believed and how long it is kept. */
@ConfigMapping(prefix = "autopilot.webhooks")
interface WebhookSettings {
  /** How far a signed timestamp may be from now, in either direction. */
  @WithDefault("PT5M")
  Duration tolerance();

  /** How long deliveries are kept. */
  @WithDefault("P30D")
  Duration retention();

  /** How many rejected deliveries of an endpoint are kept: the last ones. */
  @WithDefault("20")
  int rejectedKept();

  /** How many rejected deliveries of an endpoint are written down within a minute. */
  @WithDefault("10")
  int rejectedPerMinute();

  /**
   * For how long the same content is the same delivery: for as long as a signature may be believed,
   * from the earliest moment to the last.
   */
  default Duration contentWindow() {
    return tolerance().multipliedBy(2);
  }

  /**
   * For how long a sender's id is remembered. However short deliveries are kept, what could still
   * be believed is.
   */
  default Duration memory() {
    return retention().compareTo(contentWindow()) > 0 ? retention() : contentWindow();
  }
}
