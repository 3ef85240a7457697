package dev.autopilot.kernel.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The guarded client for every address that a person may choose: http actions, webhooks, MCP
 * servers, providers. It dials only addresses that {@link AddressGuard} allows, checks every
 * redirect again, and bounds time and size. Blocking: call it from a virtual thread.
 */
@ApplicationScoped
public class OutgoingClient {
  private static final int CONNECT_TIMEOUT_MS = 5_000;
  private static final int IDLE_SECONDS = 60;
  private static final int CONNECTIONS_PER_ADDRESS = 20;
  private static final int MAX_WAITING = 200;

  private final HttpClient client;
  private final AddressGuard guard;

  OutgoingClient(Vertx vertx, OutgoingSettings settings) {
    this.guard = new AddressGuard(settings.allowedHosts().orElse(Set.of()));
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(CONNECT_TIMEOUT_MS)
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxPoolSize(CONNECTIONS_PER_ADDRESS)
                .setMaxWaitQueueSize(MAX_WAITING)
                .setDecompressionSupported(true)
                .setVerifyHost(true));
  }

  /**
   * Sends the request and reads the whole answer.
   *
   * @throws BlockedAddressException when the host leads to a private address
   * @throws IOException when it can't be reached, takes too long, or answers too much
   */
  public OutgoingResponse send(OutgoingRequest request) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + request.timeout().toNanos();
    OutgoingRequest next = request;
    while (true) {
      OutgoingResponse answer = exchange(next, deadline);
      URI target = redirectOf(next, answer);
      if (target == null) {
        return answer;
      }
      next = next.redirected(target);
    }
  }

  private OutgoingResponse exchange(OutgoingRequest request, long deadline)
      throws IOException, InterruptedException {
    URI uri = request.uri();
    String host = uri.getHost();
    if (host == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
      throw new IOException("Only http and https addresses can be called.");
    }
    boolean tls = uri.getScheme().equals("https");
    int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
    String name = host.replaceAll("^\\[|]$", "");
    InetAddress address =
        request.guarded() ? guard.resolve(name).getFirst() : InetAddress.getByName(name);

    // The checked address is dialled, while TLS and the Host header still speak of the name.
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(request.method()))
            .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
            .setHost(host)
            .setPort(port)
            .setSsl(tls)
            .setURI(pathOf(uri));
    request.headers().forEach(options::putHeader);
    CompletableFuture<HttpClientRequest> sent = new CompletableFuture<>();
    Future<OutgoingResponse> answer =
        client
            .request(options)
            .compose(exchange -> {
              sent.complete(exchange);
              return (request.body() == null ? exchange.send() : exchange.send(request.body()))
                  .compose(response -> read(response, request.maxBytes()));
            });
    return await(answer, sent, deadline, request.timeout());
  }

  private static OutgoingResponse await(
      Future<OutgoingResponse> answer,
      CompletableFuture<HttpClientRequest> sent,
      long deadline,
      Duration timeout)
      throws IOException, InterruptedException {
    try {
      return answer
          .toCompletionStage()
          .toCompletableFuture()
          .get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failure) {
      Throwable cause = Objects.requireNonNullElse(failure.getCause(), failure);
      throw new IOException(String.valueOf(cause.getMessage()), cause);
    } catch (TimeoutException late) {
      var _ = sent.thenAccept(HttpClientRequest::reset);
      throw new IOException("No whole answer within " + timeout.toMillis() + " ms.", late);
    } catch (InterruptedException interrupted) {
      var _ = sent.thenAccept(HttpClientRequest::reset);
      throw interrupted;
    }
  }

  private static Future<OutgoingResponse> read(HttpClientResponse response, long maxBytes) {
    CompletableFuture<OutgoingResponse> whole = new CompletableFuture<>();
    Buffer body = Buffer.buffer();
    response.exceptionHandler(whole::completeExceptionally);
    response.handler(part -> {
      if (body.length() + part.length() > maxBytes) {
        whole.completeExceptionally(
            new IOException("The answer is longer than " + maxBytes + " bytes."));
        response.request().reset();
      } else {
        body.appendBuffer(part);
      }
    });
    response.endHandler(end ->
        whole.complete(new OutgoingResponse(response.statusCode(), response.headers(), body)));
    return Future.fromCompletionStage(whole);
  }

  private static @Nullable URI redirectOf(OutgoingRequest request, OutgoingResponse answer)
      throws IOException {
    String location = answer.headers().get("Location");
    boolean redirect = answer.status() >= 301 && answer.status() <= 308 && answer.status() != 304;
    if (!redirect || location == null || request.maxRedirects() <= 0) {
      return null;
    }
    try {
      URI target = request.uri().resolve(location);
      if (target.getHost() == null) {
        throw new IOException("The answer redirects to nowhere.");
      }
      return target;
    } catch (IllegalArgumentException malformed) {
      throw new IOException("The answer redirects to nowhere.", malformed);
    }
  }

  private static String pathOf(URI uri) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  @PreDestroy
  void close() {
    client.close();
  }
}
