package dev.autopilot.dashboard.health;

import java.util.Map;
import java.util.TreeMap;

/**
 * How the suite is.
 *
 * @param status {@code UP} when every service is ready, {@code DOWN} when none but this one is
 * @param services each service's name and state
 */
public record Health(Status status, Map<String, Status> services) {

  /** Of the suite or of a service, which is never degraded. */
  public enum Status {
    UP,
    DEGRADED,
    DOWN
  }

  static Health of(Map<String, Boolean> ready, String self) {
    Map<String, Status> services = new TreeMap<>();
    ready.forEach((name, up) -> services.put(name, up ? Status.UP : Status.DOWN));
    boolean all = !ready.containsValue(false);
    boolean any =
        ready.entrySet().stream().anyMatch(one -> one.getValue() && !one.getKey().equals(self));
    return new Health(all ? Status.UP : any ? Status.DEGRADED : Status.DOWN, services);
  }
}
