package dev.autopilot.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Listens to a topic from now on and awaits events.
 *
 * <pre>{@code
 * try (var events = EventProbe.on("projects.events.v1")) {
 *   createProject();
 *   Event created = events.await("projects.project.created");
 * }
 * }</pre>
 */
public final class EventProbe implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KafkaConsumer<String, byte[]> consumer;
  private final List<Event> seen = new ArrayList<>();

  private EventProbe(KafkaConsumer<String, byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Listens from here on; the topic is made if it isn't there yet. */
  public static EventProbe on(String topic) {
    Properties settings = new Properties();
    settings.put(
        "bootstrap.servers",
        ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Awaitility.await("the topic " + topic)
            .pollInSameThread()
            .atMost(PATIENCE)
            .until(() -> partitionsOf(consumer, topic), found -> !found.isEmpty());
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position); // seeking is lazy: this makes it happen now
    return new EventProbe(consumer);
  }

  /** None while the topic is being made. */
  private static List<TopicPartition> partitionsOf(
      KafkaConsumer<String, byte[]> consumer, String topic) {
    return consumer.partitionsFor(topic, PATIENCE).stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  /** The first event of that type since the probe began to listen. */
  public Event await(String type) {
    return await(type, event -> true);
  }

  /** The first event of that type for which the condition holds. */
  public Event await(String type, Predicate<Event> condition) {
    return awaitMany(type, 1, condition).getFirst();
  }

  /** That many events of the type, in the order of their arrival. */
  public List<Event> awaitMany(String type, int count, Predicate<Event> condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      List<Event> matching =
          seen.stream().filter(e -> e.type().equals(type)).filter(condition).toList();
      if (matching.size() >= count) {
        return matching;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "Awaited %d of %s, got %d; seen: %s"
                .formatted(count, type, matching.size(), seen.stream().map(Event::type).toList()));
      }
      for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        seen.add(Event.of(record));
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }

  /**
   * An event as it travelled.
   *
   * @param attributes the CloudEvents attributes, without the prefix {@code ce_}
   */
  public record Event(String key, Map<String, String> attributes, JsonNode data) {

    public String type() {
      return attributes.getOrDefault("type", "");
    }

    private static Event of(ConsumerRecord<String, byte[]> record) {
      Map<String, String> attributes = new LinkedHashMap<>();
      record
          .headers()
          .forEach(header ->
              attributes.put(
                  header.key().replaceFirst("^ce_", ""),
                  new String(header.value(), StandardCharsets.UTF_8)));
      try {
        JsonNode data = record.value() == null ? JSON.nullNode() : JSON.readTree(record.value());
        return new Event(record.key(), attributes, data);
      } catch (IOException notJson) {
        throw new AssertionError("An event isn't JSON: " + record, notJson);
      }
    }
  }
}
