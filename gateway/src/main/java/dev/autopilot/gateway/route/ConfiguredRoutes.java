package dev.autopilot.gateway.route;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Set;

/**
 * The one routing table, made of what is configured; a wrong one stops the gateway from starting.
 */
@Singleton
class ConfiguredRoutes {
  @Produces
  @Singleton
  RouteTable table(RoutesSettings routes, ServicesSettings services) {
    Set<String> names = new HashSet<>(services.services().keySet());
    names.add(Route.ANSWERED_HERE);
    return new RouteTable(routes.routes(), names, Route.nowhere());
  }
}
