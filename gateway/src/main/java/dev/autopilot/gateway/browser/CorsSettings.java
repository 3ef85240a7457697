package dev.autopilot.gateway.browser;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which other origins' pages may use the API. */
@ConfigMapping(prefix = "gateway.cors")
interface CorsSettings {
  /** Such as {@code https://app.example}; {@code *} admits all, but never with cookies. */
  @WithDefault("${ALLOWED_ORIGINS:}")
  Optional<List<String>> origins();

  /** For how long a browser needn't ask again. */
  @WithDefault("10M")
  Duration maxAge();
}
