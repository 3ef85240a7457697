package dev.autopilot.gateway.door;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Where and how the gateway listens. */
@ConfigMapping(prefix = "gateway.door")
interface DoorSettings {
  @WithDefault("${quarkus.http.host}")
  String host();

  /** 0 takes a free one. */
  @WithDefault("${quarkus.http.port}")
  int port();

  /** Event loops; as many as there are processors if nothing is said. */
  OptionalInt loops();

  /** All headers of a request together; more is 431. */
  @WithDefault("16K")
  MemorySize maxHeader();

  /** The request line; more is 414. */
  @WithDefault("8K")
  MemorySize maxRequestLine();

  /** Networks whose {@code X-Forwarded-*} are believed, such as {@code 10.0.0.0/8}. */
  @WithDefault("${TRUSTED_PROXIES:}")
  Optional<List<String>> trustedProxies();

  /** How long the head of a connection's first request may take. */
  @WithDefault("10s")
  Duration headTimeout();

  /** How long requests under way may go on when the gateway is told to end. */
  @WithDefault("5s")
  Duration farewell();

  /** A connection on which nothing moves is closed; streams send a heartbeat more often. */
  @WithDefault("5M")
  Duration idleTimeout();
}
