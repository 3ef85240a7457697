package dev.autopilot.dashboard.intake;

import dev.autopilot.events.envelope.ReceivedEvent;
import dev.autopilot.events.inbox.EventHandler;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/**
 * Hears what the gateways were asked for. Told apart from everything else, since it is neither
 * anybody's activity nor a fact to keep for good: sums by the minute, of which old ones go.
 */
@ApplicationScoped
class HearTraffic implements EventHandler {
  private final TrafficSums sums;

  HearTraffic(TrafficSums sums) {
    this.sums = sums;
  }

  @Override
  public Set<String> types() {
    return Set.of("gateway.traffic.summed");
  }

  @Override
  public Set<String> topics() {
    return Set.of("gateway.traffic.v1");
  }

  @Override
  public void handle(ReceivedEvent event) {
    sums.add(event.userId(), event.data(TrafficSum.class));
  }
}
