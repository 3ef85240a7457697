package dev.autopilot.gateway.revocation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Where revocations are heard of. */
@ConfigMapping(prefix = "gateway.revocations")
interface RevocationSettings {
  /** The compacted topic that auth-service writes. */
  @WithDefault("auth.revocations.v1")
  String topic();

  /** How often auth-service is asked instead while Kafka is away. */
  @WithDefault("1s")
  Duration pollEvery();

  /** How often to look whether Kafka is there. */
  @WithDefault("3s")
  Duration checkEvery();
}
