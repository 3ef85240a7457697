package dev.autopilot.gateway.upstream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the gateway speaks with the services. */
@ConfigMapping(prefix = "gateway.upstream")
public interface UpstreamSettings {
  /** How long to wait for a TCP connection. */
  @WithDefault("2s")
  Duration connectTimeout();

  /** How long an idle connection is kept for the next request. */
  @WithDefault("60s")
  Duration keepAlive();

  /** How many failures in a row make a replica be left alone for a while. */
  @WithDefault("5")
  int failuresToOpen();

  /** How long it is left alone at first; doubled each time it fails again. */
  @WithDefault("1s")
  Duration openFor();

  /**
   * The longest that it is left alone. A try costs one request; a longer wait would keep a service
   * that is back out of reach, by as much again as it was away.
   */
  @WithDefault("2s")
  Duration openAtMost();
}
