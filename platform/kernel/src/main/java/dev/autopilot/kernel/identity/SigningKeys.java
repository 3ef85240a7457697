package dev.autopilot.kernel.identity;

import dev.autopilot.kernel.start.Settings;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.jose4j.http.Get;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;

/**
 * The keys that tokens are signed with, read from auth-service's JWKS. They are kept while
 * auth-service is away; an unknown key id asks again, but not more than once in a few seconds, so
 * that forged ids can't turn into a flood. auth-service has its own bean, which reads its own
 * table.
 */
@Singleton
class SigningKeys {
  private static final int TIMEOUT_MS = 1_000;
  private static final Duration CACHED = Duration.ofMinutes(5);
  private static final Duration KEPT_WHILE_AWAY = Duration.ofDays(7);
  private static final Duration FLOOR = Duration.ofSeconds(2);

  @Produces
  @Singleton
  @DefaultBean
  VerificationKeyResolver keys(Settings settings) {
    Get http = new Get();
    http.setConnectTimeout(TIMEOUT_MS);
    http.setReadTimeout(TIMEOUT_MS);
    http.setRetries(0);
    HttpsJwks jwks = new HttpsJwks(settings.jwksUrl().toString());
    jwks.setSimpleHttpGet(http);
    jwks.setDefaultCacheDuration(CACHED.toSeconds());
    jwks.setRetainCacheOnErrorDuration(KEPT_WHILE_AWAY.toSeconds());
    jwks.setRefreshReprieveThreshold(FLOOR.toMillis());
    return new HttpsJwksVerificationKeyResolver(jwks);
  }

  @Produces
  @Singleton
  @DefaultBean
  TokenVerifier verifier(VerificationKeyResolver keys, Settings settings, Clock clock) {
    return new TokenVerifier(keys, settings.publicUrl().toString(), clock);
  }

  @Produces
  @Singleton
  @DefaultBean
  Clock clock() {
    return Clock.systemUTC();
  }
}
