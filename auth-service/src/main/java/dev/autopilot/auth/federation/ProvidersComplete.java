package dev.autopilot.auth.federation;

import dev.autopilot.kernel.start.Settings;
import dev.autopilot.kernel.start.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A provider that can't work, or isn't safe, is found out before somebody tries to sign in. */
@ApplicationScoped
class ProvidersComplete implements StartupCheck {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  private final FederationSettings federation;
  private final Settings suite;

  ProvidersComplete(FederationSettings federation, Settings suite) {
    this.federation = federation;
    this.suite = suite;
  }

  @Override
  public @Nullable String refusal() {
    for (Map.Entry<String, FederationSettings.ProviderSettings> entry :
        federation.providers().entrySet()) {
      String key = "autopilot.auth.oidc.providers." + entry.getKey();
      if (!NAME.matcher(entry.getKey()).matches()) {
        return key + ": a provider's name has lower-case letters, digits and dashes, 40 at most.";
      }
      Optional<URI> issuer =
          entry.getValue().issuer().or(() -> Preset.of(entry.getKey(), entry.getValue()).issuer());
      if (issuer.isEmpty() || issuer.get().getHost() == null) {
        return key + ".issuer must be set to the address of the provider.";
      }
      if (suite.production() && !"https".equalsIgnoreCase(issuer.get().getScheme())) {
        return key + ".issuer must begin with https:// in production.";
      }
    }
    return null;
  }
}
