package dev.autopilot.auth.federation;

import dev.autopilot.kernel.start.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The providers that are configured. */
@ApplicationScoped
class Providers {
  private final Map<String, Provider> byName = new TreeMap<>();

  Providers(FederationSettings federation, Settings suite, ProviderClient client, Clock clock) {
    federation
        .providers()
        .forEach((name, settings) -> {
          Registration registration = Registration.of(name, settings, suite.publicUrl());
          byName.put(
              name,
              Preset.of(name, settings) == Preset.GITHUB
                  ? new GitHubProvider(registration, client)
                  : new OpenIdProvider(registration, client, clock));
        });
  }

  Collection<Provider> all() {
    return byName.values();
  }

  Provider named(String name) {
    Provider provider = byName.get(name);
    if (provider == null) {
      throw FederationError.OIDC_PROVIDER_NOT_FOUND.problem();
    }
    return provider;
  }
}
