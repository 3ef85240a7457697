package dev.autopilot.e2e.bench;

import dev.autopilot.e2e.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Consumers of whole topics. */
final class Consumers {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Consumers() {}

  static KafkaConsumer<String, byte[]> from(String topic, String bootstrapServers) {
    KafkaConsumer<String, byte[]> consumer = of(topic, bootstrapServers);
    consumer.seekToEnd(consumer.assignment());
    consumer.assignment().forEach(consumer::position);
    return consumer;
  }

  /** Reads the whole topic, from its beginning to where it ends now. */
  static void all(
      String topic, String bootstrapServers, Consumer<ConsumerRecord<String, byte[]>> reader) {
    try (KafkaConsumer<String, byte[]> consumer = of(topic, bootstrapServers)) {
      consumer.seekToBeginning(consumer.assignment());
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(PATIENCE).forEach(reader);
      }
    }
  }

  /** A consumer of all partitions of a topic. */
  private static KafkaConsumer<String, byte[]> of(String topic, String bootstrapServers) {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "fetch.max.wait.ms", "100"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    // Whoever writes a topic declares it, in its own time.
    List<TopicPartition> partitions =
        Await.until(
            "the topic " + topic,
            PATIENCE,
            () ->
                consumer.partitionsFor(topic, PATIENCE).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList(),
            found -> !found.isEmpty());
    consumer.assign(partitions);
    return consumer;
  }

  static ConsumerRecord<String, byte[]> next(KafkaConsumer<String, byte[]> consumer) {
    ConsumerRecords<String, byte[]> records = consumer.poll(PATIENCE);
    if (records.isEmpty()) {
      throw new IllegalStateException("No event arrived within " + PATIENCE.toSeconds() + " s.");
    }
    return records.iterator().next();
  }
}
