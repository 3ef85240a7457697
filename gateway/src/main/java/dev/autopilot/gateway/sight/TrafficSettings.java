package dev.autopilot.gateway.sight;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The sums that the dashboard charts. */
@ConfigMapping(prefix = "gateway.traffic")
interface TrafficSettings {
  @WithDefault("gateway.traffic.v1")
  String topic();

  /** How often sums are published; each names the minute that it belongs to. */
  @WithDefault("1M")
  Duration every();

  /**
   * How many routes and principals are told apart in a minute; the rest is summed as {@code other}.
   */
  @WithDefault("10000")
  int atMost();
}
