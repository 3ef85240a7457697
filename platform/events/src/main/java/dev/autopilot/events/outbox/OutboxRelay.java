package dev.autopilot.events.outbox;

import dev.autopilot.events.database.DirectConnections;
import dev.autopilot.events.kafka.DeclareTopics;
import dev.autopilot.events.kafka.KafkaClients;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** The relay of this process. */
@ApplicationScoped
class OutboxRelay {
  private static final Duration UNTIL_DECLARED = Duration.ofSeconds(5);

  private final Relay relay;
  private final boolean enabled;

  OutboxRelay(
      DirectConnections connections,
      KafkaClients kafka,
      DeclareTopics topics,
      RelaySettings settings,
      RelayMetrics metrics) {
    this.enabled = settings.enabled();
    this.relay =
        new Relay(
            connections,
            () -> {
              topics.await(UNTIL_DECLARED);
              return kafka.producer("outbox");
            },
            settings,
            metrics);
  }

  void onStart(@Observes StartupEvent start) {
    if (enabled) {
      relay.start();
    }
  }

  void onStop(@Observes ShutdownEvent stop) {
    relay.close();
  }

  void wake(int lane) {
    relay.wake(lane);
  }
}
