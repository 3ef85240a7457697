package dev.autopilot.gateway.upstream;

import dev.autopilot.gateway.route.ServicesSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.stream.Collectors;

/** All services by name. */
@ApplicationScoped
public class Upstreams {
  private final Map<String, Upstream> byName;

  Upstreams(ServicesSettings services, UpstreamSettings settings) {
    this.byName =
        services.services().entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> upstream(entry.getValue(), settings)));
  }

  Upstream named(String service) {
    Upstream upstream = byName.get(service);
    if (upstream == null) {
      throw new IllegalArgumentException("no such service: " + service);
    }
    return upstream;
  }

  private static Upstream upstream(ServicesSettings.Service service, UpstreamSettings settings) {
    return new Upstream(
        service.url().stream()
            .map(url ->
                new Replica(
                    url,
                    new Breaker(
                        settings.failuresToOpen(),
                        settings.openFor().toNanos(),
                        settings.openAtMost().toNanos())))
            .toList());
  }
}
