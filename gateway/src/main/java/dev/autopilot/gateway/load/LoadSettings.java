package dev.autopilot.gateway.load;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much there may be at once. */
@ConfigMapping(prefix = "gateway.load")
interface LoadSettings {
  /** Requests whose answer has not begun, of all services together. */
  @WithDefault("4096")
  int waiting();

  /** Of these, how many may wait for one service, so that a slow one doesn't take all places. */
  @WithDefault("2048")
  int waitingForOne();

  /** And how many for one person, who may make them wait by sending slowly. */
  @WithDefault("256")
  int waitingForPerson();

  /** Answers that are being streamed. */
  @WithDefault("20000")
  int streaming();

  /** How late an event loop may be before it takes no more. */
  @WithDefault("1s")
  Duration lateness();
}
