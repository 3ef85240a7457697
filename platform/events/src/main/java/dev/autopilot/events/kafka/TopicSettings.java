package dev.autopilot.events.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How topics are made that aren't there yet; one that exists is left as its operator wants it.
 * Writers and readers declare alike, so these must be the same for the whole suite.
 */
@ConfigMapping(prefix = "autopilot.events.topics")
public interface TopicSettings {
  /** Partitions of {@code <service>.events.v1}. Changing it later breaks the order per key. */
  @WithDefault("6")
  int partitions();

  /** Copies of each partition; without it, the broker's own default. */
  Optional<Short> replicationFactor();

  /** How long events stay; shorter than the inbox remembers them. */
  @WithDefault("7D")
  Duration retention();

  /** How long dead letters wait for somebody to look. */
  @WithDefault("30D")
  Duration deadLetterRetention();

  /**
   * Topics that this service fills through its outbox and of which the last value per key counts.
   */
  Optional<Set<String>> compacted();
}
