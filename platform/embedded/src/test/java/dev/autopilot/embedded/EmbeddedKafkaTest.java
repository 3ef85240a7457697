package dev.autopilot.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {
  @TempDir static Path sharedFolder;
  static EmbeddedKafka shared;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    shared = EmbeddedKafka.in(sharedFolder).start();
  }

  @AfterAll
  static void stop() {
    shared.close();
  }

  @Test
  void whatWasAcknowledgedSurvivesARestartAndAKill() throws Exception {
    try (var kafka = EmbeddedKafka.in(folder).start()) {
      send(kafka, "first");
    }
    try (var kafka = EmbeddedKafka.in(folder).start()) {
      send(kafka, "second");
      kafka.child().identity().find().orElseThrow().destroyForcibly();
      kafka.child().onExit().join();
    }
    try (var kafka = EmbeddedKafka.in(folder).start()) {
      assertThat(read(kafka, 2)).containsExactlyInAnyOrder("first", "second");
    }
  }

  @Test
  void topicsComeIntoBeingWithSixPartitionsAndSevenDays() throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", shared.bootstrapServers()))) {
      send(shared, "hello");
      var topics = admin.describeTopics(List.of("notes")).allTopicNames().get();
      assertThat(topics.values())
          .singleElement()
          .extracting(it -> it.partitions().size())
          .isEqualTo(6);
      assertThat(admin.describeCluster().nodes().get()).hasSize(1);
    }
  }

  @Test
  void twoRunAtOnceAndKnowNothingOfEachOther() throws Exception {
    try (var other = EmbeddedKafka.in(folder).start();
        var admin = Admin.create(Map.of("bootstrap.servers", other.bootstrapServers()))) {
      send(shared, "only here");
      assertThat(admin.listTopics().names().get()).doesNotContain("notes");
    }
  }

  private static void send(EmbeddedKafka kafka, String value) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>("notes", value, value)).get(30, TimeUnit.SECONDS);
    }
  }

  private static List<String> read(EmbeddedKafka kafka, int count) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "group.id", "reader",
            "auto.offset.reset", "earliest");
    var values = new ArrayList<String>();
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("notes"));
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        consumer.poll(Duration.ofMillis(200)).forEach(found -> values.add(found.value()));
      }
    }
    return values;
  }
}
