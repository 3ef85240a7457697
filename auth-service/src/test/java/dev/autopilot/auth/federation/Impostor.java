package dev.autopilot.auth.federation;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A provider that says whatever a test wants, over the wire: what no honest one would, and what
 * only GitHub would. By default it is honest.
 */
final class Impostor implements AutoCloseable {
  static final String CLIENT = "autopilot";

  private final HttpServer server;
  private final ECKey key;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final Map<String, String> asked = new ConcurrentHashMap<>();

  Impostor() {
    try {
      key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
    server.createContext("/", this::answer);
    server.start();
    says(
        "/.well-known/openid-configuration",
        """
        {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
         "userinfo_endpoint": "%1$s/userinfo", "jwks_uri": "%1$s/keys",
         "subject_types_supported": ["public"], "response_types_supported": ["code"],
         "id_token_signing_alg_values_supported": ["ES256"]}
        """
            .formatted(issuer()));
    says("/keys", new JWKSet(key.toPublicJWK()).toString());
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What it answers there from now on. */
  void says(String path, String json) {
    answers.put(path, json);
  }

  /** What it was sent there last: the body, else the Authorization header. */
  @Nullable String askedAt(String path) {
    return asked.get(path);
  }

  /** It will redeem any code for that ID token. */
  void redeemsFor(String idToken) {
    says(
        "/token",
        "{\"access_token\": \"at\", \"token_type\": \"Bearer\", \"id_token\": \"%s\"}"
            .formatted(idToken));
  }

  /** What an honest provider would say of somebody. */
  JWTClaimsSet.Builder claims(Handshake.Secrets secrets) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .audience(CLIENT)
        .subject("subject-1")
        .claim("nonce", secrets.nonce().getValue())
        .claim("email", "grace@example.org")
        .claim("email_verified", true)
        .claim("name", "Grace")
        .issueTime(Date.from(Instant.now()))
        .expirationTime(Date.from(Instant.now().plusSeconds(300)));
  }

  String signed(JWTClaimsSet claims) {
    return signed(claims, key);
  }

  static String signed(JWTClaimsSet claims, ECKey key) {
    try {
      SignedJWT token =
          new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").build(), claims);
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.put(
        path,
        body.isEmpty()
            ? String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
            : body);
    String json = answers.get(path);
    byte[] bytes = (json == null ? "{}" : json).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(json == null ? 404 : 200, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
