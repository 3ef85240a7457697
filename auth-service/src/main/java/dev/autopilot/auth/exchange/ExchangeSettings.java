package dev.autopilot.auth.exchange;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Tokens for services and the gateway. */
@ConfigMapping(prefix = "autopilot.auth.exchange")
public interface ExchangeSettings {
  /** How long an exchanged token is good. */
  @WithDefault("5M")
  Duration lifetime();

  /** How long the record of who got a token for whom is kept. */
  @WithDefault("90D")
  Duration logKept();
}
