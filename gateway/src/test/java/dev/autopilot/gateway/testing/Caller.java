package dev.autopilot.gateway.testing;

import dev.autopilot.testkit.Tokens;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** A client of the gateway: one that follows HTTP, and one that sends what it likes. */
public final class Caller {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Caller() {}

  private static <T> T setting(String name, Class<T> type) {
    return ConfigProvider.getConfig().getValue(name, type);
  }

  public static int port() {
    return setting("gateway.door.port", Integer.class);
  }

  /** A request with a good token. */
  public static HttpRequest.Builder signedIn(String target) {
    return anonymous(target)
        .header("Authorization", "Bearer " + Tokens.forUser(UUID.randomUUID()).mint());
  }

  public static HttpRequest.Builder anonymous(String target) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + target));
  }

  public static HttpResponse<String> get(String target) {
    return send(signedIn(target).GET());
  }

  public static HttpResponse<String> post(String target, String body) {
    return send(signedIn(target).POST(BodyPublishers.ofString(body)));
  }

  public static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** What the management port says at that path. */
  public static String managed(String path) {
    int port = setting("quarkus.management.port", Integer.class);
    return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))).body();
  }

  public static HttpClient http() {
    return HTTP;
  }

  public static JsonObject json(HttpResponse<String> answer) {
    return new JsonObject(answer.body());
  }

  /** Sends these bytes as they are, and reads until the gateway closes or falls silent. */
  public static String raw(String bytes) {
    try (Socket socket = new Socket("localhost", port())) {
      socket.setSoTimeout(700);
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return readAll(socket);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What comes until the other side closes or nothing comes for the socket's timeout. */
  public static String readAll(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    byte[] buffer = new byte[8192];
    try {
      for (int read = socket.getInputStream().read(buffer);
          read >= 0;
          read = socket.getInputStream().read(buffer)) {
        answer.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
      }
    } catch (java.net.SocketTimeoutException silent) {
      return answer.toString();
    }
    return answer.toString();
  }
}
