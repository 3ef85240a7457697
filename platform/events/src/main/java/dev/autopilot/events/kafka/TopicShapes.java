package dev.autopilot.events.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** Each kind of topic, as it is made. */
@ApplicationScoped
public class TopicShapes {
  private static final Duration COMPACTED_SEGMENT = Duration.ofHours(1);

  private final TopicSettings settings;

  TopicShapes(TopicSettings settings) {
    this.settings = settings;
  }

  /** A topic that events are told on, such as {@link Topics#events}. */
  public NewTopic events(String name) {
    return topic(name, settings.partitions(), keptFor(settings.retention()));
  }

  public NewTopic deadLetters(String group) {
    return topic(Topics.deadLetters(group), 1, keptFor(settings.deadLetterRetention()));
  }

  public NewTopic replays(String group) {
    return topic(Topics.replays(group), 1, keptFor(settings.retention()));
  }

  /** One partition, so that "read to its end" is one position. */
  NewTopic compacted(String name) {
    return topic(
        name,
        1,
        Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.SEGMENT_MS_CONFIG,
            Long.toString(COMPACTED_SEGMENT.toMillis())));
  }

  private NewTopic topic(String name, int partitions, Map<String, String> specific) {
    Map<String, String> config = new HashMap<>(specific);
    config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topics.MAX_MESSAGE_BYTES));
    return new NewTopic(name, Optional.of(partitions), settings.replicationFactor())
        .configs(config);
  }

  private static Map<String, String> keptFor(Duration retention) {
    return Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
  }
}
