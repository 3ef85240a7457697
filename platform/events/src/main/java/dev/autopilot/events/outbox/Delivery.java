package dev.autopilot.events.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Sends entries in order and waits until each is acknowledged, or it has waited long enough. */
final class Delivery implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final Duration patience;

  Delivery(Producer<byte[], byte[]> producer, Duration patience) {
    this.producer = producer;
    this.patience = patience;
  }

  /**
   * @param acknowledged in the sequence's order; within a key nothing earlier is missing, since the
   *     producer keeps the order
   * @param failure why the rest is not; this delivery is then to be closed
   */
  record Outcome(List<LockedLanes.Entry> acknowledged, @Nullable Exception failure) {}

  Outcome send(List<LockedLanes.Entry> entries) throws InterruptedException {
    List<Future<RecordMetadata>> sent = new ArrayList<>(entries.size());
    for (LockedLanes.Entry entry : entries) {
      Future<RecordMetadata> answer = producer.send(entry.message());
      sent.add(answer);
      // Refused before it was queued, after waiting for metadata perhaps: the next would be too.
      if (answer.state() == Future.State.FAILED) {
        break;
      }
    }
    return await(entries, sent);
  }

  private Outcome await(List<LockedLanes.Entry> entries, List<Future<RecordMetadata>> sent)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    List<LockedLanes.Entry> acknowledged = new ArrayList<>(sent.size());
    Exception failure = null;
    for (int i = 0; i < sent.size(); i++) {
      try {
        // One that failed doesn't end the wait: those after it may be on their way already.
        sent.get(i).get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        acknowledged.add(entries.get(i));
      } catch (ExecutionException | TimeoutException unanswered) {
        failure = failure == null ? unanswered : failure;
      }
    }
    return new Outcome(acknowledged, failure);
  }

  /** At once: the producer fails what it holds, so nothing of it overtakes the next try. */
  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
