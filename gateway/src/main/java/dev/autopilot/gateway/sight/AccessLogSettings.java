package dev.autopilot.gateway.sight;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** One line of JSON for each request. */
@ConfigMapping(prefix = "gateway.access-log")
interface AccessLogSettings {
  @WithDefault("true")
  boolean enabled();

  /** Where to; standard output if nothing is said. */
  Optional<Path> file();

  /** How many lines may wait to be written; more are dropped, and counted. */
  @WithDefault("65536")
  int queue();
}
