package dev.autopilot.events.inbox;

import dev.autopilot.events.envelope.Envelope;
import dev.autopilot.events.kafka.NeededTopics;
import dev.autopilot.events.kafka.TopicShapes;
import dev.autopilot.events.kafka.Topics;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.NewTopic;

/** Who hears what. */
@Singleton
class Subscriptions implements NeededTopics {
  private static final String EVERYTHING = ".*";

  private final Map<String, List<EventHandler>> byType = new ConcurrentHashMap<>();
  private final List<EventHandler> handlers;
  private final Set<String> told = new TreeSet<>();
  private final TopicShapes shapes;
  private final String group;

  Subscriptions(@All List<EventHandler> handlers, TopicShapes shapes, InboxSettings settings) {
    this.handlers = handlers;
    this.shapes = shapes;
    this.group = settings.group();
    for (EventHandler handler : handlers) {
      for (String type : handler.types()) {
        if (!Envelope.isType(type) && !type.matches("[a-z][a-z0-9_]*\\.\\*")) {
          throw new IllegalArgumentException(
              "%s can't hear \"%s\"".formatted(handler.getClass().getName(), type));
        }
      }
      told.addAll(handler.topics());
    }
  }

  boolean isEmpty() {
    return handlers.isEmpty();
  }

  /** The topics to read: those that handlers name, and what is replayed to this group alone. */
  Set<String> topicNames() {
    Set<String> names = new LinkedHashSet<>(told);
    names.add(Topics.replays(group));
    return names;
  }

  @Override
  public Collection<NewTopic> topics() {
    if (isEmpty()) {
      return List.of();
    }
    List<NewTopic> topics = new java.util.ArrayList<>();
    told.forEach(topic -> topics.add(shapes.events(topic)));
    topics.add(shapes.replays(group));
    topics.add(shapes.deadLetters(group));
    return topics;
  }

  List<EventHandler> handlersOf(String type) {
    // A stranger's topic may hold any number of types; only what could be one is remembered.
    return Envelope.isType(type) ? byType.computeIfAbsent(type, this::find) : List.of();
  }

  private List<EventHandler> find(String type) {
    String everything = Envelope.serviceOf(type) + EVERYTHING;
    return handlers.stream()
        .filter(handler -> handler.types().contains(type) || handler.types().contains(everything))
        .toList();
  }
}
