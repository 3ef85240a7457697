package dev.autopilot.dashboard.health;

import dev.autopilot.dashboard.incident.IncidentJudge;
import dev.autopilot.events.worker.Worker;
import dev.autopilot.kernel.start.Settings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks everybody twice a second, so that a question costs nothing and its answer is fresh. */
@ApplicationScoped
class HealthWatch {
  /** With the probe's patience it keeps an answer under a second old. */
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final Map<String, Settings.Address> services;
  private final Probe probe;
  private final SmallRyeHealthReporter own;
  private final IncidentJudge judge;
  private final String self;
  private volatile @Nullable Health latest;
  private @Nullable Worker worker;

  HealthWatch(Probe probe, SmallRyeHealthReporter own, IncidentJudge judge, Settings settings) {
    this.services = settings.services();
    this.probe = probe;
    this.own = own;
    this.judge = judge;
    this.self = settings.service();
  }

  void onStart(@Observes StartupEvent start) {
    worker = Worker.start("health watch", INTERVAL, () -> judge.hear(look()));
  }

  void onStop(@Observes ShutdownEvent stop) {
    if (worker != null) {
      worker.close();
    }
  }

  Health latest() {
    Health known = latest;
    return known == null ? Health.of(look(), self) : known;
  }

  private Map<String, Boolean> look() {
    Map<String, CompletableFuture<Boolean>> asked = new HashMap<>();
    services.forEach((name, service) -> {
      if (!name.equals(self)) {
        asked.put(name, probe.anyReady(service.url()));
      }
    });
    Map<String, Boolean> ready = new HashMap<>();
    ready.put(self, !own.getReadiness().isDown());
    asked.forEach((name, answer) -> ready.put(name, answer.join()));
    latest = Health.of(ready, self);
    return ready;
  }
}
