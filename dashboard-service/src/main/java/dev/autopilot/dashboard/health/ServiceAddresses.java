package dev.autopilot.dashboard.health;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Where the services of the suite are. */
@ConfigMapping(prefix = "autopilot.services")
interface ServiceAddresses {
  /** By the service's name. */
  @WithParentName
  Map<String, Service> all();

  /** One of them. */
  interface Service {
    /** Addresses of its main port, of its replicas or of what balances them. */
    List<URI> url();
  }
}
