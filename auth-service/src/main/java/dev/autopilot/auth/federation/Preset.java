package dev.autopilot.auth.federation;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What needn't be configured of providers that many people use. */
public enum Preset {
  GOOGLE("Google", "https://accounts.google.com"),
  /** Accounts of every organisation and personal ones. */
  MICROSOFT("Microsoft", "https://login.microsoftonline.com/common/v2.0"),
  /** Not OpenID Connect: OAuth 2.0, and an interface of its own that says who somebody is. */
  GITHUB("GitHub", "https://github.com"),
  KEYCLOAK("Keycloak", null),
  /** Any other that speaks OpenID Connect. */
  GENERIC(null, null);

  private static final List<String> OPENID = List.of("openid", "profile", "email");

  private final @Nullable String title;
  private final @Nullable String issuer;

  Preset(@Nullable String title, @Nullable String issuer) {
    this.title = title;
    this.issuer = issuer;
  }

  static Preset of(String name, FederationSettings.ProviderSettings settings) {
    return settings.preset().orElseGet(() -> named(name));
  }

  private static Preset named(String name) {
    for (Preset preset : values()) {
      if (preset.name().toLowerCase(Locale.ROOT).equals(name)) {
        return preset;
      }
    }
    return GENERIC;
  }

  String titleOr(String name) {
    return title == null ? name : title;
  }

  Optional<URI> issuer() {
    return Optional.ofNullable(issuer).map(URI::create);
  }

  List<String> scopes() {
    return this == GITHUB ? List.of("read:user", "user:email") : OPENID;
  }
}
