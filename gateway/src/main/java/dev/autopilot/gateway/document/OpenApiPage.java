package dev.autopilot.gateway.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.OwnPage;
import dev.autopilot.gateway.exchange.Refusals;
import dev.autopilot.gateway.route.RouteTable;
import dev.autopilot.gateway.route.ServicesSettings;
import dev.autopilot.kernel.start.Settings;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@code /openapi}: what the services say of themselves, as far as the gateway leads there. */
@ApplicationScoped
class OpenApiPage implements OwnPage {
  private static final Logger LOG = Logger.getLogger(OpenApiPage.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long WHOLE_FOR = Duration.ofMinutes(1).toNanos();
  private static final long PARTIAL_FOR = Duration.ofSeconds(2).toNanos();

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final RouteTable routes;
  private final ServicesSettings services;
  private final Settings settings;
  private final ObjectMapper json;
  private final Vertx vertx;
  private final Refusals refusals;
  private volatile @Nullable Made made;

  OpenApiPage(
      RouteTable routes,
      ServicesSettings services,
      Settings settings,
      ObjectMapper json,
      Vertx vertx,
      Refusals refusals) {
    this.routes = routes;
    this.services = services;
    this.settings = settings;
    this.json = json;
    this.vertx = vertx;
    this.refusals = refusals;
  }

  /** A document, and until when it need not be made again. */
  private record Made(Future<Buffer> document, long until) {}

  @Override
  public boolean isAt(String path) {
    return path.equals("/openapi") || path.equals("/openapi.json");
  }

  @Override
  public void answer(Exchange exchange) {
    Context here = vertx.getOrCreateContext();
    document().onComplete(made -> here.runOnContext(now -> answer(exchange, made)));
  }

  private void answer(Exchange exchange, AsyncResult<Buffer> document) {
    if (document.failed()) {
      refusals.refuse(exchange, document.cause());
      return;
    }
    var _ =
        exchange
            .response()
            .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
            .end(document.result());
    exchange.request().resume();
  }

  /** Many may ask at once; it is made once. */
  private synchronized Future<Buffer> document() {
    Made present = made;
    if (present != null
        && !present.document().failed()
        && (!present.document().isComplete() || System.nanoTime() - present.until() < 0)) {
      return present.document();
    }
    Future<Buffer> making = vertx.executeBlocking(this::make, false);
    if (present == null || present.document().isComplete()) {
      made = new Made(making, System.nanoTime() + PARTIAL_FOR);
    }
    return making;
  }

  private Buffer make() throws IOException {
    MergedDocument merged =
        new MergedDocument("Autopilot", "1.0.0", settings.publicUrl().toString());
    Map<String, CompletableFuture<@Nullable JsonNode>> asked = new TreeMap<>();
    services.services().forEach((name, service) -> asked.put(name, ask(service.url().getFirst())));
    boolean whole = true;
    for (var answer : asked.entrySet()) {
      JsonNode theirs = answer.getValue().join();
      if (theirs == null) {
        whole = false;
      } else {
        merged.add(answer.getKey(), theirs, path -> leadsTo(path, answer.getKey()));
      }
    }
    Buffer document = Buffer.buffer(json.writeValueAsBytes(merged.document()));
    if (whole) {
      made = new Made(Future.succeededFuture(document), System.nanoTime() + WHOLE_FOR);
    }
    return document;
  }

  private boolean leadsTo(String path, String service) {
    return routes.find(path).service().equals(service);
  }

  /** The service's document, or null when it has none to give now. */
  private CompletableFuture<@Nullable JsonNode> ask(URI service) {
    HttpRequest request =
        HttpRequest.newBuilder(service.resolve("/q/openapi?format=json"))
            .header("Accept", "application/json")
            .timeout(PATIENCE)
            .build();
    return http.sendAsync(request, BodyHandlers.ofByteArray())
        .handle((answer, failure) -> failure == null ? read(service, answer) : null);
  }

  private @Nullable JsonNode read(URI service, HttpResponse<byte[]> answer) {
    try {
      return answer.statusCode() == 200 ? json.readTree(answer.body()) : null;
    } catch (IOException notJson) {
      LOG.warnf("The OpenAPI document of %s can't be read", service);
      return null;
    }
  }
}
