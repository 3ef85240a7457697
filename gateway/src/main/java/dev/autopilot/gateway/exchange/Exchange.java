package dev.autopilot.gateway.exchange;

import dev.autopilot.gateway.route.RequestPath;
import dev.autopilot.gateway.route.Route;
import dev.autopilot.kernel.problem.ProblemException;
import io.opentelemetry.api.trace.Span;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request on its way in and its answer on the way out; it lives on one event loop. */
public final class Exchange {
  /** The body's length isn't announced: it comes in chunks. */
  public static final long CHUNKED = -1;

  private final HttpServerRequest request;
  private final Client client;
  private final String requestId;
  private final long startedAt;
  private final long bodyLength;
  private String traceParent;
  private @Nullable Span span;

  private @Nullable RequestPath path;
  private @Nullable Route route;
  private @Nullable Principal principal;
  private @Nullable String bearer;
  private @Nullable ProblemException unauthenticated;
  private @Nullable Runnable whenGone;
  private boolean byCookie;
  private boolean counted;
  private boolean sharing;
  private boolean streaming;
  private @Nullable Consumer<ProblemException> whenRefused;

  /**
   * @param startedAt {@link System#nanoTime()}
   * @param bodyLength in bytes, or {@link #CHUNKED}
   */
  public Exchange(
      HttpServerRequest request, Client client, String requestId, long startedAt, long bodyLength) {
    this.request = request;
    this.client = client;
    this.requestId = requestId;
    this.startedAt = startedAt;
    this.bodyLength = bodyLength;
    this.traceParent = TraceParent.choose(request.headers().get("traceparent"));
  }

  public HttpServerRequest request() {
    return request;
  }

  public HttpServerResponse response() {
    return request.response();
  }

  public Client client() {
    return client;
  }

  public String requestId() {
    return requestId;
  }

  public long startedAt() {
    return startedAt;
  }

  /** The W3C {@code traceparent} that the service hears. */
  public String traceParent() {
    return traceParent;
  }

  /** It is timed as part of a trace, and that is what the service hears. */
  public void traced(Span span, String traceParent) {
    this.span = span;
    this.traceParent = traceParent;
  }

  public @Nullable Span span() {
    return span;
  }

  public String traceId() {
    return TraceParent.traceId(traceParent);
  }

  /** Bytes of the request's body, or {@link #CHUNKED}. */
  public long bodyLength() {
    return bodyLength;
  }

  public boolean hasBody() {
    return bodyLength != 0;
  }

  /** The client waits for a word before it sends the body. */
  public boolean expectsContinue() {
    return hasBody() && request.headers().contains(HttpHeaders.EXPECT, "100-continue", true);
  }

  public void routed(RequestPath path, Route route) {
    this.path = path;
    this.route = route;
  }

  public RequestPath path() {
    return present(path);
  }

  public Route route() {
    return present(route);
  }

  /** The route, if one has been found yet. */
  public @Nullable Route routeIfKnown() {
    return route;
  }

  public @Nullable Principal principal() {
    return principal;
  }

  public void principal(Principal known) {
    this.principal = known;
  }

  /** The access token to show upstream in place of what the client showed, if it differs. */
  public @Nullable String bearer() {
    return bearer;
  }

  public void bearer(String accessToken) {
    this.bearer = accessToken;
  }

  /** Why nobody is known to ask, where somebody should be. */
  public @Nullable ProblemException unauthenticated() {
    return unauthenticated;
  }

  public void unauthenticated(ProblemException refusal) {
    this.unauthenticated = refusal;
  }

  /** The token was in a cookie, which a browser sends for anybody's page. */
  public void cameByCookie() {
    byCookie = true;
  }

  public boolean isByCookie() {
    return byCookie;
  }

  /** Counts against what there may be at once. */
  public void counted() {
    counted = true;
  }

  public boolean isCounted() {
    return counted;
  }

  /** Counts against what there may be of one person's at once. */
  public void shares() {
    sharing = true;
  }

  public boolean isSharing() {
    return sharing;
  }

  /** The answer has begun and may go on for long. */
  public void streams() {
    streaming = true;
  }

  public boolean isStreaming() {
    return streaming;
  }

  /** Who must know when the client goes away. */
  public void whenGone(Runnable whenGone) {
    this.whenGone = whenGone;
  }

  public void gone() {
    if (whenGone != null) {
      whenGone.run();
    }
  }

  /** Who must know, from now on, when the request turns out to be unacceptable midway. */
  public void whenRefused(Consumer<ProblemException> whenRefused) {
    this.whenRefused = whenRefused;
  }

  public @Nullable Consumer<ProblemException> whenRefused() {
    return whenRefused;
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("not routed yet");
    }
    return value;
  }
}
