package dev.autopilot.events.inbox;

import dev.autopilot.events.envelope.EventJson;
import dev.autopilot.events.envelope.KafkaHeaders;
import dev.autopilot.events.envelope.ReceivedEvent;
import dev.autopilot.events.envelope.UndecodableEventException;
import dev.autopilot.events.kafka.Backoff;
import dev.autopilot.events.kafka.Outage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * One member of the consumer group: polls, has each partition's records handled in order, and
 * commits offsets of what is committed in the database. Polling and handling share a thread, so a
 * partition is never taken away in the middle of its work. A partition whose event can't be handled
 * just now is set back to it and paused; the others, and the polling, go on.
 */
final class ConsumerLoop implements Runnable {
  private static final Logger LOG = Logger.getLogger(ConsumerLoop.class);
  private static final Duration LONGEST_POLL = Duration.ofMillis(500);
  private static final Duration CLOSING = Duration.ofSeconds(3);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Subscriptions subscriptions;
  private final HandleEvents handleEvents;
  private final DeadLetters deadLetters;
  private final InboxSettings settings;
  private final InboxMetrics metrics;
  private final Backoff backoff;
  private final Retries retries;
  private final Outage outage = new Outage(LOG, "Events can't be handled");
  private final Outage unread = new Outage(LOG, "Events can't be read");
  private final Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
  private int failures;
  private volatile boolean closing;

  ConsumerLoop(
      Supplier<Consumer<byte[], byte[]>> consumers,
      Subscriptions subscriptions,
      HandleEvents handleEvents,
      DeadLetters deadLetters,
      InboxSettings settings,
      InboxMetrics metrics) {
    this.consumers = consumers;
    this.subscriptions = subscriptions;
    this.handleEvents = handleEvents;
    this.deadLetters = deadLetters;
    this.settings = settings;
    this.metrics = metrics;
    this.backoff = new Backoff(settings.firstBackoff(), settings.maxBackoff());
    this.retries = new Retries(backoff);
  }

  /** Ends after the transaction or the poll that is under way. */
  void stop() {
    closing = true;
  }

  @Override
  public void run() {
    while (!closing) {
      try {
        consume();
      } catch (InterruptException stopped) {
        LOG.trace("Stopped while polling", stopped);
        break;
      } catch (RuntimeException | Error failure) {
        unread.failed(failure);
        if (!backoff.pause(++failures)) {
          break;
        }
      }
    }
    deadLetters.close();
  }

  private void consume() {
    Consumer<byte[], byte[]> consumer = consumers.get();
    try {
      consumer.subscribe(subscriptions.topicNames(), new Rebalance(consumer));
      while (!closing) {
        round(consumer);
        failures = 0;
        unread.over();
      }
      consumer.commitSync(done, CLOSING);
    } finally {
      done.clear();
      retries.clear();
      metrics.gone(this);
      consumer.close(CloseOptions.timeout(CLOSING));
    }
  }

  private void round(Consumer<byte[], byte[]> consumer) {
    Set<TopicPartition> due = retries.takeDue();
    due.retainAll(consumer.assignment());
    consumer.resume(due);
    ConsumerRecords<byte[], byte[]> records = consumer.poll(retries.untilDue(LONGEST_POLL));
    for (TopicPartition partition : records.partitions()) {
      handle(consumer, partition, records.records(partition));
    }
    if (!done.isEmpty()) {
      // Asynchronously, for what a lost commit repeats has been seen.
      consumer.commitAsync(
          Map.copyOf(done),
          (_, failure) -> {
            if (failure != null) {
              LOG.debug("Offsets were not committed; the next commit covers them", failure);
            }
          });
      done.clear();
    }
    report(consumer);
  }

  private void handle(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      List<ConsumerRecord<byte[], byte[]>> records) {
    if (!retries.isRetrying(partition) && handledTogether(records)) {
      advance(partition, records.getLast());
      return;
    }
    for (int i = 0; i < records.size(); i++) {
      ConsumerRecord<byte[], byte[]> record = records.get(i);
      boolean waited = retries.isRetrying(partition);
      if (closing || !settled(partition, record)) {
        consumer.seek(partition, record.offset());
        consumer.pause(Set.of(partition));
        return;
      }
      advance(partition, record);
      // What was away is back: those behind it needn't go one by one, which would take a backlog
      // many times as long.
      List<ConsumerRecord<byte[], byte[]>> rest = records.subList(i + 1, records.size());
      if (waited && !rest.isEmpty() && handledTogether(rest)) {
        advance(partition, rest.getLast());
        return;
      }
    }
  }

  private void advance(TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
    done.put(partition, new OffsetAndMetadata(record.offset() + 1));
  }

  /** The usual case: one transaction for all. If it fails, each is tried alone to find which. */
  private boolean handledTogether(List<ConsumerRecord<byte[], byte[]>> records) {
    try {
      handleEvents.handle(decode(records));
      return true;
    } catch (RuntimeException | Error failure) {
      LOG.debugf(failure, "A batch of %d failed", records.size());
      return false;
    }
  }

  /** Whether this record needs no more care: it had its effect, or is a dead letter. */
  private boolean settled(TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
    long began = System.nanoTime();
    try {
      handleEvents.handle(decode(List.of(record)));
      recovered(partition);
      return true;
    } catch (RuntimeException | Error failure) {
      FailureKind kind = FailureKind.of(failure);
      if (kind == FailureKind.TRANSIENT && isItsOwnSlowness(partition, record, began)) {
        kind = FailureKind.UNKNOWN;
      }
      if (isHopeless(kind, partition, record) && putAway(record, kind, failure)) {
        recovered(partition);
        return true;
      }
      outage.failed(failure);
      retries.failed(partition, record.offset(), kind, began);
      metrics.retry();
      return false;
    }
  }

  /**
   * Whether it took all the time there is while others had their effect: then nothing is away that
   * would come back, and waiting for it would hold up its partition for ever. A database that is
   * slow for everybody lets nobody else through either.
   */
  private boolean isItsOwnSlowness(
      TopicPartition partition, ConsumerRecord<byte[], byte[]> record, long began) {
    Duration taken = Duration.ofNanos(System.nanoTime() - began);
    return taken.compareTo(settings.timeout()) >= 0
        && handleEvents.handledWithin(retries.sinceTry(partition, record.offset()).orElse(taken));
  }

  private boolean isHopeless(
      FailureKind kind, TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
    return switch (kind) {
      case POISON -> true;
      case TRANSIENT -> false;
      case UNKNOWN ->
          retries.unknownFailures(partition, record.offset()) + 1 >= settings.attempts();
    };
  }

  /** False when Kafka didn't take it: then it is kept where it is, and tried again. */
  private boolean putAway(
      ConsumerRecord<byte[], byte[]> record, FailureKind kind, Throwable failure) {
    try {
      deadLetters.send(record, kind, failure);
      metrics.deadLetter();
      LOG.errorf(
          failure, "Dead letter: %s-%d at %d", record.topic(), record.partition(), record.offset());
      return true;
    } catch (ExecutionException | TimeoutException | KafkaException unanswered) {
      LOG.warnf("A dead letter could not be put away yet: %s", unanswered.getMessage());
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void recovered(TopicPartition partition) {
    retries.succeeded(partition);
    if (retries.isEmpty()) {
      outage.over();
    }
  }

  /** Those that somebody here hears; the others cost nothing but a look at their type. */
  private List<ReceivedEvent> decode(List<ConsumerRecord<byte[], byte[]>> records) {
    List<ReceivedEvent> events = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      String type = KafkaHeaders.type(record.headers());
      if (type == null) {
        throw new UndecodableEventException("type is missing");
      }
      if (!subscriptions.handlersOf(type).isEmpty()) {
        if (record.value() == null) {
          throw new UndecodableEventException("there is no data");
        }
        events.add(
            new ReceivedEvent(
                KafkaHeaders.envelope(record.headers()), EventJson.read(record.value())));
      }
    }
    return events;
  }

  private void report(Consumer<byte[], byte[]> consumer) {
    long lag = 0;
    for (TopicPartition partition : consumer.assignment()) {
      lag += consumer.currentLag(partition).orElse(0);
    }
    metrics.position(this, lag, consumer.paused().size());
  }

  /** Called from within poll, when nothing is being handled. */
  private final class Rebalance implements ConsumerRebalanceListener {
    private final Consumer<byte[], byte[]> consumer;

    Rebalance(Consumer<byte[], byte[]> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      LOG.debugf("Assigned %s", partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      Map<TopicPartition, OffsetAndMetadata> leaving = new HashMap<>(done);
      leaving.keySet().retainAll(partitions);
      try {
        consumer.commitSync(leaving, CLOSING);
      } catch (KafkaException failure) {
        LOG.debug("Offsets were not committed; whoever takes over has seen the events", failure);
      }
      forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      forget(partitions);
    }

    private void forget(Collection<TopicPartition> partitions) {
      done.keySet().removeAll(partitions);
      retries.forget(partitions);
    }
  }
}
