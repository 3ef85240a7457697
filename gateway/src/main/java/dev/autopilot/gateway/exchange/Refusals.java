package dev.autopilot.gateway.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autopilot.gateway.route.Dialect;
import dev.autopilot.gateway.route.Route;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.Problem;
import dev.autopilot.kernel.problem.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Writes the gateway's own errors, in the shape that the route's clients understand. They never say
 * where a service is or what went wrong inside.
 */
@ApplicationScoped
public class Refusals {
  private static final Logger LOG = Logger.getLogger(Refusals.class);

  /** A body this small is read and forgotten, so that the connection can be used again. */
  private static final long DRAINED = 64 * 1024;

  /** How long a client may go on sending what nobody wants, so that it reads the answer at all. */
  private static final long LINGER_MS = 2_000;

  private final ObjectMapper json;
  private final Vertx vertx;

  Refusals(ObjectMapper json, Vertx vertx) {
    this.json = json;
    this.vertx = vertx;
  }

  /** Whatever was thrown, as an answer. */
  public void refuse(Exchange exchange, Throwable failure) {
    if (failure instanceof ProblemException refusal) {
      refuse(exchange, refusal);
    } else {
      LOG.errorf(failure, "Request %s failed in the gateway", exchange.requestId());
      refuse(exchange, CommonError.INTERNAL_ERROR.problem());
    }
  }

  /**
   * Answers, unless an answer has begun: then the connection ends, so that nobody takes it for
   * whole.
   */
  public void refuse(Exchange exchange, ProblemException refusal) {
    HttpServerResponse response = exchange.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      exchange.request().connection().close();
      return;
    }
    Route route = exchange.routeIfKnown();
    Dialect dialect = route == null ? Dialect.PROBLEM : route.errors();
    Problem problem = refusal.toProblem(exchange.request().path(), exchange.requestId());
    response.setStatusCode(problem.status());
    refusal.headers().forEach(response::putHeader);
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    Buffer body = body(dialect, problem, response);
    if (!exchange.hasBody() || exchange.request().isEnded()) {
      var _ = response.end(body);
      exchange.request().resume();
    } else if (isWorthDraining(exchange)) {
      var _ = response.end(body);
      exchange.request().handler(ignored -> {}).resume();
    } else {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      var _ = response.end(body);
      discardRest(exchange);
    }
  }

  private static boolean isWorthDraining(Exchange exchange) {
    return exchange.bodyLength() != Exchange.CHUNKED
        && exchange.bodyLength() <= DRAINED
        && !exchange.expectsContinue();
  }

  /**
   * Ends the connection once the client has stopped sending what nobody wants. Closing at once
   * would make the client's kernel throw the answer away.
   */
  public void discardRest(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    if (request.isEnded()) {
      request.connection().close();
      return;
    }
    long timer = vertx.setTimer(LINGER_MS, late -> request.connection().close());
    request.exceptionHandler(gone -> vertx.cancelTimer(timer));
    request.handler(ignored -> {});
    request.endHandler(done -> {
      vertx.cancelTimer(timer);
      request.connection().close();
    });
    request.resume();
  }

  private Buffer body(Dialect dialect, Problem problem, HttpServerResponse response) {
    return switch (dialect) {
      case PROBLEM -> json(response, Problem.MEDIA_TYPE, problem);
      case OPENAI -> json(response, "application/json", openAi(problem));
      case MCP -> json(response, "application/json", jsonRpc(problem));
      case TUS -> {
        response.putHeader("Tus-Resumable", "1.0.0");
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/plain;charset=UTF-8");
        yield Buffer.buffer(sentence(problem) + "\n");
      }
    };
  }

  private static Map<String, Object> openAi(Problem problem) {
    String type =
        switch (problem.status()) {
          case 401 -> "authentication_error";
          case 403 -> "permission_error";
          case 404 -> "not_found_error";
          case 429 -> "rate_limit_error";
          default -> problem.status() < 500 ? "invalid_request_error" : "server_error";
        };
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", sentence(problem));
    error.put("type", type);
    error.put("param", null);
    error.put("code", problem.status() == 401 ? "invalid_api_key" : problem.code());
    return Map.of("error", error);
  }

  /** The id of the request is unknown here, since bodies are not read: JSON-RPC then wants null. */
  private static Map<String, Object> jsonRpc(Problem problem) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("jsonrpc", "2.0");
    answer.put("id", null);
    answer.put(
        "error",
        Map.of(
            "code", -32000, "message", sentence(problem), "data", Map.of("code", problem.code())));
    return answer;
  }

  private static String sentence(Problem problem) {
    String detail = problem.detail();
    return detail == null ? problem.title() + "." : detail;
  }

  private Buffer json(HttpServerResponse response, String mediaType, Object content) {
    response.putHeader(HttpHeaders.CONTENT_TYPE, mediaType);
    try {
      return Buffer.buffer(json.writeValueAsBytes(content));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
