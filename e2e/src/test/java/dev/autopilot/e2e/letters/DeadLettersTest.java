package dev.autopilot.e2e.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.embedded.EmbeddedKafka;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {
  @TempDir static Path folder;
  private static EmbeddedKafka kafka;

  /** Each test has a service of its own, so none sees another's letters. */
  private final String service = "s" + UUID.randomUUID().toString().substring(0, 8);

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeAll
  static void startKafka() {
    kafka = EmbeddedKafka.in(folder).start();
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @Test
  void aLetterIsListedWithWhyAndWhenButWithoutWhatItSays() {
    put("a-key", "{\"secret\": \"of Ada's\"}");

    assertThat(ask("list", service)).isZero();

    assertThat(said())
        .contains(service + " 0", "projects.record.created", "key a-key")
        .contains("2026-11-23T08:00:00Z", "poison, DecodingException < JsonParseException")
        .contains("from projects.events.v1-3@17")
        .doesNotContain("secret")
        .doesNotContain("quoted");
  }

  @Test
  void whatWasReplayedIsNotReplayedAgainUnlessItIsAskedFor() {
    put("a-key", "1");
    put("a-key", "2");

    ask("replay", service, "1");
    ask("replay", service, "--all");
    ask("replay", service, "--all");

    assertThat(replays()).extracting(DeadLettersTest::text).containsExactly("2", "1");
    assertThat(said()).endsWith("There is none that was not replayed yet.\n");

    ask("replay", service, "1");
    assertThat(replays()).extracting(DeadLettersTest::text).containsExactly("2", "1", "2");
  }

  @Test
  void aReplayIsTheEventAsItCame() {
    put("a-key", "{}");

    ask("replay", service, "--all");

    ConsumerRecord<byte[], byte[]> replay = replays().getFirst();
    assertThat(new String(replay.key(), UTF_8)).isEqualTo("a-key");
    assertThat(replay.headers().toArray())
        .extracting(header -> header.key() + "=" + new String(header.value(), UTF_8))
        .containsExactly("ce_type=projects.record.created");
  }

  @Test
  void aReplayedLetterIsListedAsSuch() {
    put("a-key", "{}");
    ask("replay", service, "0");

    ask("list", service);

    assertThat(said()).containsPattern("\n    replayed 20\\d\\d-");
  }

  @Test
  void aLetterThatIsNotThereIsSaidToBeMissing() {
    put("a-key", "{}");

    assertThat(ask("replay", service, "7")).isEqualTo(1);
    assertThat(said()).contains("no dead letter at 7");
  }

  @Test
  void whatIsNotUnderstoodReplaysNothing() {
    put("a-key", "{}");

    assertThat(ask("replay", service)).isEqualTo(2);
    assertThat(ask("replay", service, "-1")).isEqualTo(2);
    assertThat(replays()).isEmpty();
  }

  @Test
  void otherSettingsOfTheClientComeFromTheEnvironment() {
    assertThat(
            DeadLetters.client("a:1", Map.of("KAFKA_SECURITY_PROTOCOL", "SSL", "HOME", "/nowhere")))
        .containsEntry("security.protocol", "SSL")
        .containsEntry("bootstrap.servers", "a:1")
        .doesNotContainKey("home");
  }

  private int ask(String... arguments) {
    try (Letters letters = new Letters(client())) {
      return new DeadLetters(letters, new PrintStream(printed, true, UTF_8))
          .run(List.of(arguments));
    }
  }

  private String said() {
    return printed.toString(UTF_8);
  }

  private static Map<String, Object> client() {
    return DeadLetters.client(kafka.bootstrapServers(), Map.of());
  }

  private void put(String key, String value) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(client(), new StringSerializer(), new StringSerializer())) {
      // One partition, as the services declare it.
      ProducerRecord<String, String> letter =
          new ProducerRecord<>(service + ".dead-letter.v1", 0, key, value);
      Map.of(
              "ce_type", "projects.record.created",
              "dl_reason", "poison",
              "dl_error", "a.b.DecodingException: quoted: {1 < com.c.JsonParseException: quoted",
              "dl_topic", "projects.events.v1",
              "dl_partition", "3",
              "dl_offset", "17",
              "dl_at", "2026-11-23T08:00:00Z")
          .forEach((name, text) -> letter.headers().add(name, text.getBytes(UTF_8)));
      var _ = producer.send(letter);
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> replays() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(client(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(service + ".replay.v1").stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(found::add);
      }
      return found;
    }
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), UTF_8);
  }
}
