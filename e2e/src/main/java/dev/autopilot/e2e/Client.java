package dev.autopilot.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A client of the gateway, as small as one can be; immutable, so that each person has their own.
 */
public final class Client {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http;
  private final URI gateway;
  private final Map<String, String> headers;

  private Client(HttpClient http, URI gateway, Map<String, String> headers) {
    this.http = http;
    this.gateway = gateway;
    this.headers = headers;
  }

  public static Client of(URI gateway) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    return new Client(http, gateway, Map.of());
  }

  /** The same client with a header more on every call. */
  public Client with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Client(http, gateway, Map.copyOf(more));
  }

  public Client signedInWith(String accessToken) {
    return with("Authorization", "Bearer " + accessToken);
  }

  public URI gateway() {
    return gateway;
  }

  public Answer get(String path) {
    return send("GET", path, null, BodyPublishers.noBody());
  }

  public Answer delete(String path) {
    return send("DELETE", path, null, BodyPublishers.noBody());
  }

  /** Sends the object as JSON. */
  public Answer post(String path, Object body) {
    return post(path, "application/json", json(body));
  }

  public Answer patch(String path, Object body) {
    return send("PATCH", path, "application/merge-patch+json", BodyPublishers.ofString(json(body)));
  }

  /** Sends the text as it is, well-formed or not. */
  public Answer post(String path, String contentType, String body) {
    return send("POST", path, contentType, BodyPublishers.ofString(body));
  }

  public Answer send(String method, String path, @Nullable String contentType, BodyPublisher body) {
    return Answer.of(exchange(method, path, contentType, body, BodyHandlers.ofString()));
  }

  /** Reads an answer that is too long to be held, line by line. */
  public void lines(String path, Consumer<String> reader) {
    HttpResponse<Stream<String>> response =
        exchange("GET", path, null, BodyPublishers.noBody(), BodyHandlers.ofLines());
    if (response.statusCode() != 200) {
      throw new UnexpectedAnswer("Expected 200, got " + response.statusCode());
    }
    try (Stream<String> lines = response.body()) {
      lines.forEach(reader);
    }
  }

  private <T> HttpResponse<T> exchange(
      String method,
      String path,
      @Nullable String contentType,
      BodyPublisher body,
      BodyHandler<T> handler) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.resolve(path)).timeout(TIMEOUT).method(method, body);
    headers.forEach(request::setHeader);
    if (contentType != null) {
      request.setHeader("Content-Type", contentType);
    }
    try {
      return http.send(request.build(), handler);
    } catch (IOException failure) {
      throw new UncheckedIOException(method + " " + path + ": " + failure.getMessage(), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static String json(Object body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException(broken);
    }
  }
}
