package dev.autopilot.testkit;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * The key that signs the tokens of tests, made anew for each run. Tests and the application under
 * test have class loaders of their own, hence what they share stands in system properties.
 */
final class TestKey {
  static final String ISSUER = "http://gateway.test";

  private static final String KEY = "testkit.signing-key";
  private static final String JWKS_URL = "testkit.jwks-url";

  private TestKey() {}

  static EllipticCurveJsonWebKey get() {
    jwksUrl();
    try {
      return (EllipticCurveJsonWebKey) JsonWebKey.Factory.newJwk(System.getProperty(KEY));
    } catch (JoseException broken) {
      throw new IllegalStateException(broken);
    }
  }

  static String jwksUrl() {
    synchronized (System.getProperties()) {
      String url = System.getProperty(JWKS_URL);
      return url != null ? url : publish();
    }
  }

  private static String publish() {
    try {
      EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      key.setKeyId("test");
      key.setAlgorithm("ES256");
      byte[] jwks =
          new JsonWebKeySet(key)
              .toJson(OutputControlLevel.PUBLIC_ONLY)
              .getBytes(StandardCharsets.UTF_8);
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/.well-known/jwks.json",
          exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, jwks.length);
            try (var body = exchange.getResponseBody()) {
              body.write(jwks);
            }
          });
      server.start();
      String url = "http://localhost:" + server.getAddress().getPort() + "/.well-known/jwks.json";
      System.setProperty(KEY, key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
      System.setProperty(JWKS_URL, url);
      return url;
    } catch (IOException | JoseException broken) {
      throw new IllegalStateException("The test key's JWKS can't be served", broken);
    }
  }
}
