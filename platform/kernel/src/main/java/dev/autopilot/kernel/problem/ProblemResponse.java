package dev.autopilot.kernel.problem;

import dev.autopilot.kernel.web.RequestId;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;

/** A refusal as a JAX-RS answer. */
final class ProblemResponse {
  private ProblemResponse() {}

  static Response of(ProblemException refusal, RoutingContext exchange) {
    Problem problem = refusal.toProblem(exchange.request().path(), RequestId.of(exchange));
    Response.ResponseBuilder answer =
        Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    refusal.headers().forEach(answer::header);
    return answer.build();
  }
}
