package dev.autopilot.events.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the relay moves committed events to Kafka. */
@ConfigMapping(prefix = "autopilot.events.relay")
interface RelaySettings {
  /** Whether this process relays; another replica may do it for all. */
  @WithDefault("true")
  boolean enabled();

  /** Each has a thread, a connection and a producer, and takes its part of the lanes. */
  @WithDefault("2")
  int workers();

  /** Rows read and sent at once. */
  @WithDefault("1000")
  int batch();

  /** How often lanes are looked at without being woken: events of a process that died. */
  @WithDefault("1S")
  Duration sweep();

  /** How long Kafka may take to acknowledge a batch before it is tried anew. */
  @WithDefault("30S")
  Duration acknowledgement();

  /** The longest wait between two tries while Kafka or the database is away. */
  @WithDefault("10S")
  Duration maxBackoff();
}
