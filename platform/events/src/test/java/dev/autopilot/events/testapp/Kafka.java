package dev.autopilot.events.testapp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.autopilot.events.envelope.Envelope;
import dev.autopilot.events.envelope.KafkaHeaders;
import dev.autopilot.events.kafka.Topics;
import dev.autopilot.kernel.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Another service, as far as the tests need one: it sends, and looks into topics. */
public final class Kafka {
  private Kafka() {}

  /** An event of the service {@code source} that would be handled. */
  public static ProducerRecord<String, byte[]> happened(String subject, long number) {
    return record(subject, "{\"number\":%d,\"unknown\":true}".formatted(number), number);
  }

  public static ProducerRecord<String, byte[]> record(String subject, String json, long version) {
    Envelope envelope =
        new Envelope(
            Ids.next(),
            "/" + Listener.SOURCE,
            Listener.HAPPENED,
            subject,
            Instant.now().truncatedTo(ChronoUnit.MICROS),
            version,
            null,
            null);
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(Topics.events(Listener.SOURCE), subject, json.getBytes(UTF_8));
    KafkaHeaders.of(envelope)
        .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
    return record;
  }

  /** The same to a given partition. */
  public static ProducerRecord<String, byte[]> to(
      int partition, ProducerRecord<String, byte[]> record) {
    return new ProducerRecord<>(
        record.topic(), partition, record.key(), record.value(), record.headers());
  }

  public static void send(List<ProducerRecord<String, byte[]>> records) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings(), new StringSerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
      for (Future<RecordMetadata> record : sent) {
        record.get();
      }
    } catch (InterruptedException | ExecutionException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** All that is in a topic now. */
  public static List<ConsumerRecord<String, byte[]>> read(String topic) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings(), new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }

  public static List<ConsumerRecord<String, byte[]>> read(String topic, String key) {
    return read(topic).stream().filter(record -> key.equals(record.key())).toList();
  }

  public static @Nullable String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }

  private static Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(
        "bootstrap.servers",
        ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
    settings.put("acks", "all");
    settings.put("max.in.flight.requests.per.connection", 1);
    return settings;
  }
}
