package dev.autopilot.auth.internal;

import io.smallrye.config.ConfigMapping;
import java.util.List;

/** Where the gateway is. */
@ConfigMapping(prefix = "autopilot.auth")
interface GatewaySettings {
  /** The networks whose word on where a request came from is taken, such as {@code 10.0.0.0/8}. */
  List<String> gatewayAddresses();
}
