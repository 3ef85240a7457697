package dev.autopilot.kernel.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.autopilot.kernel.start.Settings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys read from an auth-service that counts how often it is asked. */
class SigningKeysTest {
  private final List<JsonWebKey> published = new CopyOnWriteArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer auth;
  private VerificationKeyResolver keys;

  @BeforeEach
  void start() throws IOException {
    auth = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    auth.createContext(
        "/jwks",
        exchange -> {
          asked.incrementAndGet();
          byte[] body = new JsonWebKeySet(published).toJson().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    auth.start();
    keys = new SigningKeys().keys(settings("http://127.0.0.1:" + auth.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    auth.stop(0);
  }

  @Test
  void areAskedForOnce() throws Exception {
    EllipticCurveJsonWebKey key = publish("one");

    for (int i = 0; i < 20; i++) {
      assertThat(resolve("one")).isEqualTo(key.getPublicKey());
    }

    assertThat(asked).hasValue(1);
  }

  @Test
  void forgedIdsDoNotBecomeAFlood() throws Exception {
    publish("one");
    resolve("one");

    for (int i = 0; i < 200; i++) {
      String forged = "forged-" + i;
      assertThatThrownBy(() -> resolve(forged)).isInstanceOf(UnresolvableKeyException.class);
    }

    assertThat(asked.get()).isLessThanOrEqualTo(3);
  }

  @Test
  void areKeptWhileAuthIsAway() throws Exception {
    EllipticCurveJsonWebKey key = publish("one");
    resolve("one");

    auth.stop(0);

    assertThatThrownBy(() -> resolve("another")).isInstanceOf(UnresolvableKeyException.class);
    assertThat(resolve("one")).isEqualTo(key.getPublicKey());
  }

  private EllipticCurveJsonWebKey publish(String id) throws JoseException {
    EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    key.setKeyId(id);
    key.setAlgorithm("ES256");
    published.add(key);
    return key;
  }

  private Key resolve(String id) throws UnresolvableKeyException {
    JsonWebSignature token = new JsonWebSignature();
    token.setAlgorithmHeaderValue("ES256");
    token.setKeyIdHeaderValue(id);
    return keys.resolveKey(token, List.of());
  }

  private static Settings settings(String auth) {
    return new SmallRyeConfigBuilder()
        .withMapping(Settings.class)
        .withSources(
            new PropertiesConfigSource(
                Map.of("autopilot.service", "gateway", "autopilot.jwks-url", auth + "/jwks"),
                "the test's",
                100))
        .addDefaultInterceptors()
        .build()
        .getConfigMapping(Settings.class);
  }
}
