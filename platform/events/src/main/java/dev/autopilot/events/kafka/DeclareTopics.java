package dev.autopilot.events.kafka;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/**
 * Makes the topics that are missing, in the background and until it has worked. Whoever writes or
 * reads waits for it: a broker that makes topics on first use would make them its own way.
 */
@ApplicationScoped
public class DeclareTopics {
  private static final Logger LOG = Logger.getLogger(DeclareTopics.class);

  private final KafkaClients clients;
  private final List<NeededTopics> needs;
  private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10));
  private final Outage outage = new Outage(LOG, "Topics can't be declared");
  private final CompletableFuture<Void> declared = new CompletableFuture<>();
  private final Thread thread = Thread.ofVirtual().name("declare-topics").unstarted(this::run);

  DeclareTopics(KafkaClients clients, @All List<NeededTopics> needs) {
    this.clients = clients;
    this.needs = needs;
  }

  void onStart(@Observes StartupEvent start) {
    thread.start();
  }

  /** Completes once they are all there. */
  public CompletionStage<Void> declared() {
    return declared.minimalCompletionStage();
  }

  /** Waits that long, then gives up. */
  public void await(Duration patience) {
    try {
      declared.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException notYet) {
      throw new IllegalStateException("The topics are not declared yet", notYet);
    } catch (InterruptedException stopped) {
      throw new InterruptException(stopped);
    }
  }

  void onStop(@Observes ShutdownEvent stop) {
    thread.interrupt();
  }

  private void run() {
    for (int failures = 0; !Thread.currentThread().isInterrupted(); ) {
      try {
        declare();
        outage.over();
        declared.complete(null);
        return;
      } catch (InterruptedException stopped) {
        return;
      } catch (ExecutionException | RuntimeException failure) {
        outage.failed(failure);
        if (!backoff.pause(++failures)) {
          return;
        }
      }
    }
  }

  private void declare() throws ExecutionException, InterruptedException {
    Map<String, NewTopic> wanted =
        needs.stream()
            .flatMap(need -> need.topics().stream())
            .collect(Collectors.toMap(NewTopic::name, topic -> topic, (first, _) -> first));
    try (Admin admin = clients.admin("topics")) {
      var existing = admin.listTopics().names().get();
      wanted.keySet().removeAll(existing);
      var made = admin.createTopics(wanted.values(), new CreateTopicsOptions());
      for (Map.Entry<String, KafkaFuture<Void>> topic : made.values().entrySet()) {
        try {
          topic.getValue().get();
          LOG.infof("Topic %s made", topic.getKey());
        } catch (ExecutionException failure) {
          // Another service was quicker.
          if (!(failure.getCause() instanceof TopicExistsException)) {
            throw failure;
          }
        }
      }
    }
  }
}
