package dev.autopilot.kernel.http;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.Set;

/** What the operator allows of calls to addresses that people type in. */
@ConfigMapping(prefix = "autopilot.outgoing")
public interface OutgoingSettings {
  /** Hosts that may be called though their address is private, such as {@code ollama.internal}. */
  Optional<Set<String>> allowedHosts();
}
