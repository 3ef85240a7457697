package dev.autopilot.e2e.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Topics, read from their beginning to where they end now. */
final class Topics implements AutoCloseable {
  private static final String CREATED = "projects.record.created";

  private final KafkaConsumer<String, byte[]> consumer;

  Topics(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringDeserializer(),
            new ByteArrayDeserializer());
  }

  /**
   * What projects-service told of created records.
   *
   * @param records records that it told of
   * @param events different events; as many as records when each was told of once
   * @param deliveries what Kafka holds: more, when one was sent again after a crash
   */
  record Told(int records, int events, int deliveries) {}

  Told createdRecords() {
    Set<String> records = new HashSet<>();
    Set<String> events = new HashSet<>();
    int[] deliveries = {0};
    read(
        name -> name.equals("projects.events.v1"),
        event -> {
          if (header(event, "ce_type").equals(CREATED)) {
            deliveries[0]++;
            records.add(header(event, "ce_subject"));
            events.add(header(event, "ce_id"));
          }
        });
    return new Told(records.size(), events.size(), deliveries[0]);
  }

  /** Whose they are and why, without what they say. */
  List<String> deadLetters() {
    List<String> letters = new ArrayList<>();
    read(
        name -> name.endsWith(".dead-letter.v1"),
        letter ->
            letters.add(
                "%s at %d: %s, %s, %s"
                    .formatted(
                        letter.topic(),
                        letter.offset(),
                        header(letter, "ce_type"),
                        header(letter, "dl_reason"),
                        header(letter, "dl_error"))));
    return letters;
  }

  private void read(Predicate<String> wanted, Consumer<ConsumerRecord<String, byte[]>> reader) {
    List<TopicPartition> partitions =
        consumer.listTopics().entrySet().stream()
            .filter(topic -> wanted.test(topic.getKey()))
            .flatMap(topic -> topic.getValue().stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(Duration.ofMillis(500)).forEach(reader);
    }
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
