package dev.autopilot.gateway.document;

import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.OwnPage;
import dev.autopilot.kernel.problem.CommonError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** {@code /openapi/ui}: the document, to be read and tried out in a browser. */
@ApplicationScoped
class SwaggerUi implements OwnPage {
  private static final String PATH = "/openapi/ui";
  private static final String LIBRARY = "/META-INF/resources/openapi-ui/";

  private static final Map<String, Asset> ASSETS =
      Map.of(
          "", new Asset("/openapi-ui/index.html", "text/html;charset=UTF-8"),
          "start.js", new Asset("/openapi-ui/start.js", "text/javascript"),
          "swagger-ui.css", new Asset(LIBRARY + "swagger-ui.css", "text/css"),
          "swagger-ui-bundle.js", new Asset(LIBRARY + "swagger-ui-bundle.js", "text/javascript"));

  private final Map<String, Buffer> read = new ConcurrentHashMap<>();

  /** A file of the class path. */
  private record Asset(String resource, String type) {}

  @Override
  public boolean isAt(String path) {
    return path.equals(PATH) || path.startsWith(PATH + "/");
  }

  @Override
  public void answer(Exchange exchange) {
    String path = exchange.path().path();
    exchange.request().resume();
    if (path.equals(PATH)) {
      var _ =
          exchange.response().setStatusCode(308).putHeader(HttpHeaders.LOCATION, PATH + "/").end();
      return;
    }
    Asset asset = ASSETS.get(path.substring(PATH.length() + 1));
    if (asset == null) {
      throw CommonError.NOT_FOUND.problem();
    }
    var _ =
        exchange
            .response()
            .putHeader(HttpHeaders.CONTENT_TYPE, asset.type())
            .putHeader(HttpHeaders.CACHE_CONTROL, "max-age=3600")
            .end(read.computeIfAbsent(asset.resource(), SwaggerUi::content));
  }

  private static Buffer content(String resource) {
    try (@Nullable InputStream in = SwaggerUi.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + resource);
      }
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
