package dev.autopilot.auth.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long what is handed out stays good. */
@ConfigMapping(prefix = "autopilot.auth.sessions")
public interface SessionSettings {
  /** An access token; short, since only the gateway hears at once that it was revoked. */
  @WithDefault("10M")
  Duration accessLifetime();

  /** A refresh token that nobody uses; with it the session ends. */
  @WithDefault("30D")
  Duration idleLifetime();

  /** A session in all, however busy. */
  @WithDefault("90D")
  Duration sessionLifetime();

  /**
   * For how long a spent refresh token still gives its successor's tokens, for two tabs that
   * refresh at once. After that its use is taken for theft.
   */
  @WithDefault("10S")
  Duration refreshGrace();

  /** For how long after a sign-in an account without a password counts as freshly proved. */
  @WithDefault("10M")
  Duration freshness();
}
