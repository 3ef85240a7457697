package dev.autopilot.e2e.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The dead letters that Kafka holds, and which were replayed. A replay and its note are one Kafka
 * transaction, so a replay that was begun twice happens once. Notes are kept in a topic of their
 * own and for longer than letters are; the offsets of a consumer group would be forgotten earlier
 * than the letters, and could not say that the third was replayed and the second wasn't.
 */
final class Letters implements AutoCloseable {
  private static final String NOTES = "dead-letters.replayed.v1";
  private static final Duration NOTES_KEPT = Duration.ofDays(90);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final String NOTED_BY_READER = "dl_";

  private final Map<String, Object> client;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @param client how to reach Kafka, as its clients understand it
   */
  Letters(Map<String, Object> client) {
    this.client = client;
    Map<String, Object> reading = new HashMap<>(client);
    reading.put("isolation.level", "read_committed");
    this.consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** All of one service, or of every service; the oldest of each first. */
  List<Letter> all(Optional<String> service) {
    Predicate<String> wanted =
        service
            .map(Letter::topic)
            .<Predicate<String>>map(one -> one::equals)
            .orElse(Letter::isTopic);
    List<Letter> letters = new ArrayList<>();
    read(wanted, record -> letters.add(new Letter(record)));
    letters.sort(Comparator.comparing(Letter::service).thenComparingLong(Letter::offset));
    return letters;
  }

  /** When each of those that were replayed was, by {@link Letter#id}. */
  Map<String, String> replayed() {
    Map<String, String> replayed = new HashMap<>();
    read(
        NOTES::equals,
        note -> replayed.put(new String(note.key(), UTF_8), new String(note.value(), UTF_8)));
    return replayed;
  }

  /** Sends each to its service alone, and notes that. */
  void replay(List<Letter> letters) {
    declareNotes();
    Map<String, Object> writing = new HashMap<>(client);
    // A second replay at the same time puts an end to the first one.
    writing.put("transactional.id", "dead-letters-replay");
    writing.put("acks", "all");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      for (Letter letter : letters) {
        producer.beginTransaction();
        var _ = producer.send(replayOf(letter));
        var _ = producer.send(noteOf(letter));
        producer.commitTransaction();
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> replayOf(Letter letter) {
    ConsumerRecord<byte[], byte[]> source = letter.record();
    ProducerRecord<byte[], byte[]> replay =
        new ProducerRecord<>(letter.service() + ".replay.v1", source.key(), source.value());
    source
        .headers()
        .forEach(header -> {
          if (!header.key().startsWith(NOTED_BY_READER)) {
            replay.headers().add(header);
          }
        });
    return replay;
  }

  private static ProducerRecord<byte[], byte[]> noteOf(Letter letter) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return new ProducerRecord<>(NOTES, letter.id().getBytes(UTF_8), now.getBytes(UTF_8));
  }

  private void declareNotes() {
    if (consumer.listTopics().containsKey(NOTES)) {
      return;
    }
    NewTopic notes =
        new NewTopic(NOTES, Optional.of(1), Optional.empty())
            .configs(Map.of("retention.ms", Long.toString(NOTES_KEPT.toMillis())));
    try (Admin admin = Admin.create(client)) {
      var _ = admin.createTopics(List.of(notes)).all().get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    } catch (ExecutionException failure) {
      throw new KafkaException("The topic of notes can't be made", failure.getCause());
    }
  }

  private void read(Predicate<String> wanted, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    List<TopicPartition> partitions =
        consumer.listTopics().entrySet().stream()
            .filter(topic -> wanted.test(topic.getKey()))
            .flatMap(topic -> topic.getValue().stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    if (partitions.isEmpty()) {
      return;
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(POLL).forEach(reader);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
