package dev.autopilot.auth.federation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.kernel.start.Settings;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FederationSettingsTest {
  private static final String PREFIX = "AUTOPILOT_AUTH_OIDC_PROVIDERS_";
  private static final URI HERE = URI.create("https://autopilot.example.org");

  @Test
  void aProviderThatManyUseNeedsOnlyItsCredentials() {
    FederationSettings settings =
        environment("GOOGLE_CLIENT_ID", "id", "GOOGLE_CLIENT_SECRET", "secret");

    Registration google =
        Registration.of("google", Objects.requireNonNull(settings.providers().get("google")), HERE);

    assertThat(google.title()).isEqualTo("Google");
    assertThat(google.issuer()).isEqualTo(URI.create("https://accounts.google.com"));
    assertThat(google.scopes().toStringList()).containsExactly("openid", "profile", "email");
    assertThat(google.redirect())
        .isEqualTo(URI.create("https://autopilot.example.org/api/auth/oidc/google/callback"));
    assertThat(refusal(settings, "production")).isNull();
  }

  @Test
  void anyOtherNeedsItsAddress() {
    assertThat(
            refusal(
                environment("ACME_CLIENT_ID", "id", "ACME_CLIENT_SECRET", "secret"), "development"))
        .contains("autopilot.auth.oidc.providers.acme.issuer must be set");
  }

  @Test
  void inProductionNobodyIsAskedInTheClear() {
    FederationSettings settings =
        environment(
            "KEYCLOAK_ISSUER",
            "http://keycloak.example.org/realms/a",
            "KEYCLOAK_CLIENT_ID",
            "id",
            "KEYCLOAK_CLIENT_SECRET",
            "secret");

    assertThat(refusal(settings, "production")).contains("must begin with https://");
    assertThat(refusal(settings, "development")).isNull();
  }

  private static @Nullable String refusal(FederationSettings settings, String environment) {
    Settings suite =
        new SmallRyeConfigBuilder()
            .withMapping(Settings.class)
            .withDefaultValue("autopilot.service", "auth")
            .withDefaultValue("autopilot.environment", environment)
            .withDefaultValue("autopilot.jwks-url", "http://localhost/keys")
            .withMappingIgnore("autopilot.**")
            .addDefaultInterceptors()
            .build()
            .getConfigMapping(Settings.class);
    return new ProvidersComplete(settings, suite).refusal();
  }

  private static FederationSettings environment(String... pairs) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      variables.put(PREFIX + pairs[i], pairs[i + 1]);
    }
    return new SmallRyeConfigBuilder()
        .withMapping(FederationSettings.class)
        .withConverter(Duration.class, 300, new DurationConverter())
        .withSources(new EnvConfigSource(variables, 300))
        .addDefaultInterceptors()
        .build()
        .getConfigMapping(FederationSettings.class);
  }
}
