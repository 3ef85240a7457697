package dev.autopilot.dashboard.incident;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Decides from what one replica sees when an incident begins and when it is over. */
@ApplicationScoped
public class IncidentJudge {
  private final IncidentSettings settings;
  private final Incidents incidents;
  private final Clock clock;
  private final Map<String, Observation> services = new HashMap<>();

  IncidentJudge(IncidentSettings settings, Incidents incidents, Clock clock) {
    this.settings = settings;
    this.incidents = incidents;
    this.clock = clock;
  }

  /** Hears which service is ready just now; called by one thread. */
  public void hear(Map<String, Boolean> ready) {
    Instant now = clock.instant();
    ready.forEach((service, up) ->
        services.compute(
            service,
            (name, before) -> before == null ? Observation.first(up, now) : before.then(up, now)));
    services.replaceAll((service, seen) -> seen.isDue(settings, now) ? tell(service, seen) : seen);
  }

  /** A failure leaves it untold, and the next round tries again. */
  private Observation tell(String service, Observation seen) {
    if (seen.up()) {
      incidents.close(service, seen.since());
    } else {
      incidents.open(service, seen.since());
    }
    return seen.asTold();
  }
}
