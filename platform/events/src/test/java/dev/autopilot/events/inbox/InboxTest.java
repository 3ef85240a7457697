package dev.autopilot.events.inbox;

import static dev.autopilot.events.testapp.Kafka.happened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.autopilot.events.envelope.ReceivedEvent;
import dev.autopilot.events.kafka.Topics;
import dev.autopilot.events.testapp.Kafka;
import dev.autopilot.events.testapp.Listener;
import dev.autopilot.events.testapp.WithRealServers;
import dev.autopilot.kernel.Ids;
import dev.autopilot.kernel.problem.CommonError;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithRealServers
class InboxTest {
  private static final String DEAD_LETTERS = Topics.deadLetters("probe");

  @Inject Listener listener;
  @Inject MeterRegistry meters;

  private final String subject = Ids.next().toString();

  @AfterEach
  void calm() {
    listener.behave(event -> {});
  }

  @Test
  void eventsAreHandledInOrder() {
    Kafka.send(LongStream.range(0, 300).mapToObj(n -> happened(subject, n)).toList());

    awaitHeard(300);
    assertThat(listener.heardOf(subject))
        .containsExactlyElementsOf(LongStream.range(0, 300).boxed().toList());
  }

  @Test
  void anEventThatComesAgainHasItsEffectOnce() {
    ProducerRecord<String, byte[]> first = happened(subject, 1);
    Kafka.send(List.of(first, first, happened(subject, 2)));
    awaitHeard(2);
    double before = meters.counter("autopilot.inbox.duplicates").count();

    Kafka.send(List.of(first, happened(subject, 3)));

    awaitHeard(3);
    assertThat(listener.heardOf(subject)).containsExactly(1L, 2L, 3L);
    await()
        .untilAsserted(() ->
            assertThat(meters.counter("autopilot.inbox.duplicates").count()).isEqualTo(before + 1));
  }

  @Test
  void poisonBecomesADeadLetterWithWhyAndLaterEventsOfTheKeyGoOn() {
    ProducerRecord<String, byte[]> poison = Kafka.record(subject, "{\"number\":\"not one\"}", 2);
    Kafka.send(List.of(happened(subject, 1), poison, happened(subject, 3)));

    awaitHeard(2);
    assertThat(listener.heardOf(subject)).containsExactly(1L, 3L);
    ConsumerRecord<String, byte[]> letter = awaitLetter();
    assertThat(letter.value()).isEqualTo(poison.value());
    assertThat(Kafka.header(letter, "ce_id"))
        .isEqualTo(
            new String(
                poison.headers().lastHeader("ce_id").value(),
                java.nio.charset.StandardCharsets.UTF_8));
    assertThat(Kafka.header(letter, "dl_reason")).isEqualTo("poison");
    assertThat(Kafka.header(letter, "dl_error"))
        .contains("UndecodableEventException", "Thing", "number")
        .doesNotContain("not one");
    assertThat(Kafka.header(letter, "dl_topic")).isEqualTo("source.events.v1");
    assertThat(Kafka.header(letter, "dl_partition")).isNotBlank();
    assertThat(Kafka.header(letter, "dl_offset")).isNotBlank();
    assertThat(Kafka.header(letter, "dl_at")).isNotBlank();
  }

  @Test
  void whatHasNoEnvelopeIsPoisonToo() {
    ProducerRecord<String, byte[]> bare =
        new ProducerRecord<>(
            "source.events.v1", subject, "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Kafka.send(List.of(bare, happened(subject, 1)));

    awaitHeard(1);
    assertThat(Kafka.header(awaitLetter(), "dl_error")).contains("type is missing");
  }

  @Test
  void anEventThatBreaksARuleLeavesNothingBehind() {
    listener.behave(event -> {
      if (isMine(event, 2)) {
        throw CommonError.VALIDATION_FAILED.problem();
      }
    });
    Kafka.send(LongStream.rangeClosed(1, 3).mapToObj(n -> happened(subject, n)).toList());

    awaitHeard(2);
    assertThat(listener.heardOf(subject)).containsExactly(1L, 3L);
    awaitLetter();
  }

  @Test
  void aReplayedDeadLetterIsTakenInByTheGroupThatRefusedIt() {
    listener.behave(event -> {
      if (isMine(event, 1)) {
        throw new IllegalArgumentException("not yet");
      }
    });
    Kafka.send(List.of(happened(subject, 1)));
    ConsumerRecord<String, byte[]> letter = awaitLetter();
    listener.behave(event -> {});

    Kafka.send(
        List.of(
            new ProducerRecord<>(
                Topics.replays("probe"), null, letter.key(), letter.value(), letter.headers())));

    awaitHeard(1);
  }

  @Test
  void whileADatabaseIsAwayThePartitionWaitsTheOthersGoOnAndNothingIsLost() {
    String other = Ids.next().toString();
    AtomicBoolean away = new AtomicBoolean(true);
    AtomicInteger tries = new AtomicInteger();
    listener.behave(event -> {
      if (isMine(event, 2) && away.get()) {
        tries.incrementAndGet();
        throw new IllegalStateException(new SQLException("connection refused", "08001"));
      }
    });
    Kafka.send(
        LongStream.rangeClosed(1, 4).mapToObj(n -> Kafka.to(0, happened(subject, n))).toList());
    // More tries than an unknown failure is given.
    await().until(() -> tries.get() > 6);
    assertThat(listener.heardOf(subject)).containsExactly(1L);

    Kafka.send(List.of(Kafka.to(1, happened(other, 7))));
    await().untilAsserted(() -> assertThat(listener.heardOf(other)).containsExactly(7L));
    assertThat(meters.get("autopilot.inbox.paused").gauge().value()).isBetween(0.0, 1.0);
    away.set(false);

    awaitHeard(4);
    assertThat(listener.heardOf(subject)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(letters()).isEmpty();
  }

  @Test
  void anUnknownFailureIsTriedAFewTimesAndThenPutAway() {
    AtomicInteger tries = new AtomicInteger();
    listener.behave(event -> {
      if (isMine(event, 1)) {
        tries.incrementAndGet();
        throw new UnsupportedOperationException("a bug");
      }
    });
    Kafka.send(List.of(happened(subject, 1), happened(subject, 2)));

    awaitHeard(1);
    assertThat(Kafka.header(awaitLetter(), "dl_reason")).isEqualTo("unknown");
    // Once with its batch, and three times alone.
    assertThat(tries).hasValue(4);
  }

  private boolean isMine(ReceivedEvent event, long number) {
    return event.subject().equals(subject) && event.data(Listener.Thing.class).number() == number;
  }

  private void awaitHeard(int count) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(listener.heardOf(subject)).hasSize(count));
  }

  private List<ConsumerRecord<String, byte[]>> letters() {
    return Kafka.read(DEAD_LETTERS, subject);
  }

  private ConsumerRecord<String, byte[]> awaitLetter() {
    return await().until(this::letters, letters -> letters.size() == 1).getFirst();
  }
}
