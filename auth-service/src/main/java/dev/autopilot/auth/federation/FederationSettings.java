package dev.autopilot.auth.federation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** At which other providers people may sign in. */
@ConfigMapping(prefix = "autopilot.auth.oidc")
public interface FederationSettings {
  /**
   * The providers by their short names, which are part of their addresses: lower-case letters,
   * digits and dashes. To be registered there as redirect address: {@code <public
   * address>/api/auth/oidc/<name>/callback}.
   */
  Map<String, ProviderSettings> providers();

  /** How long somebody may take at the provider, and then for the second factor. */
  @WithDefault("10M")
  Duration patience();

  /** How long a provider may take for one whole answer. */
  @WithDefault("5S")
  Duration timeout();

  /** One provider. */
  interface ProviderSettings {
    /** What is known of it already; by default the preset of the same name, else none. */
    Optional<Preset> preset();

    /** What people call it; by default as the preset says, else the short name. */
    Optional<String> title();

    /**
     * Where its discovery document is found; needed where the preset doesn't say. For Keycloak
     * {@code https://host/realms/name}, for a tenant of Microsoft's {@code
     * https://login.microsoftonline.com/<tenant>/v2.0}, for a GitHub Enterprise Server its address.
     */
    Optional<URI> issuer();

    String clientId();

    String clientSecret();

    /** What is asked for; by default what the preset needs to learn name and address. */
    Optional<List<String>> scopes();

    /**
     * Whether its addresses count as verified although it doesn't say so. Only for a provider that
     * lets nobody choose an address: whoever can, takes over the account with that address.
     */
    @WithDefault("false")
    boolean trustEmail();
  }
}
