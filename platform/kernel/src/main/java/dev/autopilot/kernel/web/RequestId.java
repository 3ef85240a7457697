package dev.autopilot.kernel.web;

import dev.autopilot.kernel.Ids;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** Every exchange has an id: the caller's if it is sane, else a new one; answered and logged. */
@ApplicationScoped
public class RequestId {
  public static final String HEADER = "X-Request-Id";

  private static final String KEY = "requestId";
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
  private static final int BEFORE_EVERYTHING = 10_000;

  void register(@Observes Filters filters) {
    filters.register(RequestId::note, BEFORE_EVERYTHING);
  }

  private static void note(RoutingContext exchange) {
    String id = choose(exchange.request().getHeader(HEADER));
    exchange.put(KEY, id);
    exchange.response().putHeader(HEADER, id);
    MDC.put(KEY, id);
    exchange.next();
  }

  /** The offered id if it is harmless in a header and a log line, else a new one. */
  public static String choose(@Nullable String offered) {
    return offered != null && SANE.matcher(offered).matches() ? offered : Ids.next().toString();
  }

  public static @Nullable String of(RoutingContext exchange) {
    return exchange.get(KEY);
  }
}
