package dev.autopilot.integration;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.autopilot.kernel.Ids;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Somebody elsewhere who sends webhooks, byte for byte as they are given. */
public final class Sender {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String path;

  private Sender(String path) {
    this.path = path;
  }

  public static Sender to(String endpoint) {
    return new Sender("/api/webhooks/" + endpoint);
  }

  public Sender withQuery(String query) {
    return new Sender(path + "?" + query);
  }

  /** Headers are names and values in turn. */
  public HttpResponse<String> send(byte[] body, String... headers) {
    try {
      return HTTP.send(request(body, headers), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  public HttpResponse<String> send(String body, String... headers) {
    return send(body.getBytes(UTF_8), headers);
  }

  public CompletableFuture<HttpResponse<String>> sendSoon(String body, String... headers) {
    return HTTP.sendAsync(
        request(body.getBytes(UTF_8), headers), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request.build();
  }

  /** The headers of a Standard Webhook, signed now. */
  public static String[] standard(String secret, String id, String body) {
    return standard(secret, id, Instant.now(), body);
  }

  public static String[] standard(String secret, String id, Instant at, String body) {
    long seconds = at.getEpochSecond();
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    String signature =
        Base64.getEncoder().encodeToString(hmac(key, id + "." + seconds + "." + body));
    return new String[] {
      "Content-Type",
      "application/json",
      "webhook-id",
      id,
      "webhook-timestamp",
      Long.toString(seconds),
      "webhook-signature",
      "v1," + signature
    };
  }

  public static String hex(String secret, String text) {
    return HexFormat.of().formatHex(hmac(secret.getBytes(UTF_8), text));
  }

  public static String newId() {
    return "msg_" + Ids.next();
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
