package dev.autopilot.e2e.bench;

import dev.autopilot.e2e.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Consumers of a whole topic, from its end on. */
final class Consumers {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Consumers() {}

  static KafkaConsumer<String, byte[]> from(String topic, String bootstrapServers) {
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
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
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
