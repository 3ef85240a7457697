package dev.autopilot.auth.federation;

import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.net.URI;

/** What this installation and a provider know of each other. */
record Registration(
    String name,
    String title,
    Preset preset,
    URI issuer,
    ClientID clientId,
    Secret clientSecret,
    Scope scopes,
    boolean trustEmail,
    URI redirect) {

  static Registration of(String name, FederationSettings.ProviderSettings settings, URI publicUrl) {
    Preset preset = Preset.of(name, settings);
    return new Registration(
        name,
        settings.title().orElseGet(() -> preset.titleOr(name)),
        preset,
        settings.issuer().or(preset::issuer).orElseThrow(),
        new ClientID(settings.clientId()),
        new Secret(settings.clientSecret()),
        new Scope(settings.scopes().orElseGet(preset::scopes).toArray(String[]::new)),
        settings.trustEmail(),
        URI.create(publicUrl + "/api/auth/oidc/" + name + "/callback"));
  }

  @Override
  public String toString() {
    return "Registration[" + name + "]";
  }
}
