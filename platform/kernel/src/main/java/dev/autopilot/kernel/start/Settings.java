package dev.autopilot.kernel.start;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What every deployable is told about its surroundings. */
@ConfigMapping(prefix = "autopilot")
public interface Settings {
  /** The short name: {@code auth}, {@code chat} …; also its PostgreSQL schema and event source. */
  String service();

  /** The gateway's address as people see it; the issuer of tokens and the base of links. */
  @WithName("public-url")
  @WithDefault("http://localhost:8080")
  URI publicUrl();

  /** {@code production} refuses what is only good enough for a laptop. */
  @WithDefault("${ENVIRONMENT:development}")
  String environment();

  /** From which everything secret at rest is derived; at least 32 characters in production. */
  @WithName("master-key")
  @WithDefault("${SECRET_KEY:}")
  Optional<String> masterKey();

  /** This service's credential at auth-service; by default derived from the master key. */
  @WithName("service-secret")
  Optional<String> serviceSecret();

  /** Where auth-service publishes the keys that tokens are signed with (RFC 7517). */
  @WithName("jwks-url")
  URI jwksUrl();

  /** Where the others are, by their short names. */
  Map<String, Address> services();

  /** The addresses of one service's replicas, or of what balances them. */
  interface Address {
    List<URI> url();
  }

  /** One address of that service, for a question to it. */
  default URI addressOf(String name) {
    Address address = services().get(name);
    if (address == null) {
      throw new IllegalArgumentException("No address is set for the service " + name);
    }
    return address.url().getFirst();
  }

  default boolean production() {
    return environment().equalsIgnoreCase("production");
  }
}
