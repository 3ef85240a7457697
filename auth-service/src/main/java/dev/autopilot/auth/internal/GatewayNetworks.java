package dev.autopilot.auth.internal;

import dev.autopilot.kernel.start.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The gateway is known by networks and never by name. Whatever isn't a network is taken for a name
 * by the HTTP server, {@code ::1} as well, and looked up for every single request: each then waits
 * for the name server, five seconds where that doesn't answer.
 */
@ApplicationScoped
class GatewayNetworks implements StartupCheck {
  private static final Pattern NETWORK = Pattern.compile("[0-9a-fA-F:.]+/[0-9]{1,3}");

  private final GatewaySettings settings;

  GatewayNetworks(GatewaySettings settings) {
    this.settings = settings;
  }

  @Override
  public @Nullable String refusal() {
    return settings.gatewayAddresses().stream()
        .filter(address -> !NETWORK.matcher(address).matches())
        .findFirst()
        .map(address ->
            "autopilot.auth.gateway-addresses: \"%s\" is not a network such as 10.0.0.0/8 or ::1/128."
                .formatted(address))
        .orElse(null);
  }
}
