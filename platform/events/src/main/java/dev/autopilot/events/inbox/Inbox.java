package dev.autopilot.events.inbox;

import dev.autopilot.events.kafka.DeclareTopics;
import dev.autopilot.events.kafka.KafkaClients;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The consumers of this process. */
@ApplicationScoped
class Inbox {
  private static final Duration CLOSING = Duration.ofSeconds(8);

  private final KafkaClients kafka;
  private final DeclareTopics topics;
  private final Subscriptions subscriptions;
  private final HandleEvents handleEvents;
  private final InboxSettings settings;
  private final InboxMetrics metrics;
  private final List<ConsumerLoop> loops = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private boolean stopped;

  Inbox(
      KafkaClients kafka,
      DeclareTopics topics,
      Subscriptions subscriptions,
      HandleEvents handleEvents,
      InboxSettings settings,
      InboxMetrics metrics) {
    this.kafka = kafka;
    this.topics = topics;
    this.subscriptions = subscriptions;
    this.handleEvents = handleEvents;
    this.settings = settings;
    this.metrics = metrics;
  }

  void onStart(@Observes StartupEvent start) {
    if (settings.enabled() && !subscriptions.isEmpty()) {
      topics.declared().thenRun(this::startConsumers);
    }
  }

  private synchronized void startConsumers() {
    if (stopped) {
      return;
    }
    for (int i = 1; i <= settings.consumers(); i++) {
      ConsumerLoop loop =
          new ConsumerLoop(
              () -> kafka.consumer("inbox", settings.group(), settings.batch()),
              subscriptions,
              handleEvents,
              new DeadLetters(kafka, settings.group()),
              settings,
              metrics);
      loops.add(loop);
      threads.add(Thread.ofPlatform().daemon().name("inbox-" + i).start(loop));
    }
  }

  /**
   * What isn't finished in time is handled again by whoever takes over: its offset is not
   * committed.
   */
  synchronized void onStop(@Observes ShutdownEvent stop) {
    stopped = true;
    loops.forEach(ConsumerLoop::stop);
    for (Thread thread : threads) {
      try {
        if (!thread.join(CLOSING)) {
          thread.interrupt();
        }
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
