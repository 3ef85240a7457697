package dev.autopilot.auth.browser;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Which pages may use cookie sessions. */
@ConfigMapping(prefix = "autopilot.auth.browser")
public interface BrowserSettings {
  /** Origins beside the public address itself, such as {@code https://console.example.org}. */
  @WithDefault("${ALLOWED_ORIGINS:}")
  Optional<List<String>> allowedOrigins();
}
