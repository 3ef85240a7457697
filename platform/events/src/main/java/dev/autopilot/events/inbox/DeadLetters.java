package dev.autopilot.events.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.autopilot.events.kafka.KafkaClients;
import dev.autopilot.events.kafka.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Puts away what can't be handled, as it came and with why, where a person can look and replay. */
final class DeadLetters implements AutoCloseable {
  private static final String PREFIX = "dl_";
  private static final int MAX_ERROR = 1000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final KafkaClients clients;
  private final String topic;
  private @Nullable Producer<byte[], byte[]> producer;

  DeadLetters(KafkaClients clients, String group) {
    this.clients = clients;
    this.topic = Topics.deadLetters(group);
  }

  /** Returns once the broker has it; the event's own offset may move on only then. */
  void send(ConsumerRecord<byte[], byte[]> source, FailureKind reason, Throwable failure)
      throws ExecutionException, TimeoutException, InterruptedException {
    if (producer == null) {
      producer = clients.producer("dead-letter");
    }
    try {
      producer
          .send(letter(source, reason, failure))
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException unanswered) {
      close();
      throw unanswered;
    }
  }

  private ProducerRecord<byte[], byte[]> letter(
      ConsumerRecord<byte[], byte[]> source, FailureKind reason, Throwable failure) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, source.key(), source.value());
    for (Header header : source.headers()) {
      // One that was replayed and failed again tells of this failure, not of both.
      if (!header.key().startsWith(PREFIX)) {
        letter.headers().add(header);
      }
    }
    note(letter, "reason", reason.name().toLowerCase(java.util.Locale.ROOT));
    note(letter, "error", describe(failure));
    note(letter, "topic", source.topic());
    note(letter, "partition", Integer.toString(source.partition()));
    note(letter, "offset", Long.toString(source.offset()));
    note(letter, "at", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    return letter;
  }

  private static void note(ProducerRecord<byte[], byte[]> letter, String name, String value) {
    letter.headers().add(PREFIX + name, value.getBytes(UTF_8));
  }

  /** The failure and what caused it, bounded. */
  private static String describe(Throwable failure) {
    StringBuilder description = new StringBuilder();
    for (Throwable cause = failure;
        cause != null && description.length() < MAX_ERROR;
        cause = cause.getCause()) {
      description
          .append(description.isEmpty() ? "" : " < ")
          .append(cause.getClass().getName())
          .append(": ")
          .append(cause.getMessage());
    }
    description.setLength(Math.min(description.length(), MAX_ERROR));
    return description.toString();
  }

  /** At once: what wasn't acknowledged will be sent again. */
  @Override
  public void close() {
    if (producer != null) {
      producer.close(Duration.ZERO);
      producer = null;
    }
  }
}
