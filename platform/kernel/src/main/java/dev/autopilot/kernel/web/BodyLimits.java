package dev.autopilot.kernel.web;

import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.Problem;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How large a body may be: small everywhere, but for the paths that take files. One that announces
 * its length is refused before a byte of it is read; one that doesn't is cut off at the limit.
 */
@ApplicationScoped
class BodyLimits {
  private static final int AFTER_THE_REQUEST_ID = 9_000;

  /** The bounds, in bytes. */
  @ConfigMapping(prefix = "autopilot.body")
  interface Bounds {
    /** What every path takes. */
    @WithDefault("1M")
    MemorySize limit();

    /** Paths that take more, such as {@code "/api/files"}; {@code *} stands for one segment. */
    Map<String, MemorySize> larger();
  }

  private record Larger(Pattern path, long bytes) {}

  private final long limit;
  private final List<Larger> larger;

  BodyLimits(Bounds bounds) {
    this.limit = bounds.limit().asLongValue();
    this.larger =
        bounds.larger().entrySet().stream()
            .map(entry -> new Larger(pattern(entry.getKey()), entry.getValue().asLongValue()))
            .toList();
  }

  private static Pattern pattern(String path) {
    return Pattern.compile(Pattern.quote(path).replace("*", "\\E[^/]+\\Q") + "(/.*)?");
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, AFTER_THE_REQUEST_ID);
  }

  private void check(RoutingContext exchange) {
    long allowed = allowedFor(exchange.request().path());
    if (announced(exchange.request().getHeader("Content-Length")) > allowed) {
      refuse(exchange, allowed);
    } else {
      exchange.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, allowed);
      exchange.next();
    }
  }

  private long allowedFor(String path) {
    for (Larger wider : larger) {
      if (wider.path().matcher(path).matches()) {
        return wider.bytes();
      }
    }
    return limit;
  }

  private static long announced(@Nullable String contentLength) {
    try {
      return contentLength == null ? 0 : Long.parseLong(contentLength.strip());
    } catch (NumberFormatException tooLongEvenToSay) {
      return Long.MAX_VALUE;
    }
  }

  private static void refuse(RoutingContext exchange, long allowed) {
    Problem problem =
        CommonError.PAYLOAD_TOO_LARGE
            .problem("At most " + allowed + " bytes are taken here.")
            .toProblem(exchange.request().path(), RequestId.of(exchange));
    var _ =
        exchange
            .response()
            .setStatusCode(problem.status())
            .putHeader("Content-Type", Problem.MEDIA_TYPE)
            .putHeader("Connection", "close")
            .end(Json.encodeToBuffer(problem));
  }
}
