package dev.autopilot.gateway.route;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Where the services are; any name may be added here and then be named by a route. */
@ConfigMapping(prefix = "autopilot.services")
public interface ServicesSettings {
  @WithParentName
  Map<String, Service> services();

  /** One service. */
  interface Service {
    /** One address for each replica, comma separated. */
    List<URI> url();
  }
}
