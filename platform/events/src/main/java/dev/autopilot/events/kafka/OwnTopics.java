package dev.autopilot.events.kafka;

import dev.autopilot.kernel.start.Settings;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;

/** What this service's outbox writes to. */
@Singleton
class OwnTopics implements NeededTopics {
  private final Settings settings;
  private final TopicSettings topics;
  private final TopicShapes shapes;

  OwnTopics(Settings settings, TopicSettings topics, TopicShapes shapes) {
    this.settings = settings;
    this.topics = topics;
    this.shapes = shapes;
  }

  @Override
  public Collection<NewTopic> topics() {
    return Stream.concat(
            Stream.of(shapes.events(Topics.events(settings.service()))),
            topics.compacted().orElse(Set.of()).stream().map(shapes::compacted))
        .toList();
  }
}
