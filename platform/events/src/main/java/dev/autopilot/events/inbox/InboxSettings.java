package dev.autopilot.events.inbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How other services' events are taken in. */
@ConfigMapping(prefix = "autopilot.events.inbox")
interface InboxSettings {
  /** Whether this process consumes at all. */
  @WithDefault("true")
  boolean enabled();

  /** The consumer group; also names the dead-letter and the replay topic. */
  @WithDefault("${autopilot.service}")
  String group();

  /** Consumers in this process, each with a thread; more than a topic has partitions is no use. */
  @WithDefault("1")
  int consumers();

  /** Events handled in one transaction, at most. */
  @WithDefault("500")
  int batch();

  /** How long one such transaction may take. */
  @WithDefault("60S")
  Duration timeout();

  /** Tries of an event that fails for an unknown reason before it becomes a dead letter. */
  @WithDefault("5")
  int attempts();

  /** The first wait of a partition whose event can't be handled just now; doubled each time. */
  @WithDefault("200MS")
  Duration firstBackoff();

  /** The longest such wait. */
  @WithDefault("30S")
  Duration maxBackoff();

  /** How long an event is remembered as seen; longer than topics keep it. */
  @WithDefault("14D")
  Duration remembered();
}
