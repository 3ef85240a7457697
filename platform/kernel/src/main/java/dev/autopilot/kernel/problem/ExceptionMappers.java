package dev.autopilot.kernel.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.autopilot.kernel.web.RequestId;
import io.quarkus.arc.All;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one translation of failures to RFC 9457; nothing else in a service writes an error. */
@ApplicationScoped
public class ExceptionMappers {
  private static final Logger LOG = Logger.getLogger(ExceptionMappers.class);

  private final List<FailureTranslation> translations;

  ExceptionMappers(@All List<FailureTranslation> translations) {
    this.translations = translations;
  }

  @ServerExceptionMapper
  public Response refusal(ProblemException refusal, RoutingContext exchange) {
    return ProblemResponse.of(refusal, exchange);
  }

  @ServerExceptionMapper(priority = Priorities.USER - 100)
  public Response badJson(MismatchedInputException failure, RoutingContext exchange) {
    return refusal(JsonFailures.refusal(failure), exchange);
  }

  @ServerExceptionMapper({AuthenticationFailedException.class, UnauthorizedException.class})
  public Response unauthenticated(RoutingContext exchange) {
    return refusal(
        CommonError.UNAUTHENTICATED.problem().header("WWW-Authenticate", "Bearer"), exchange);
  }

  @ServerExceptionMapper
  public Response forbidden(ForbiddenException failure, RoutingContext exchange) {
    return refusal(CommonError.FORBIDDEN.problem(), exchange);
  }

  @ServerExceptionMapper
  public Response invalid(ConstraintViolationException failure, RoutingContext exchange) {
    List<Problem.FieldError> errors = new ArrayList<>();
    for (ConstraintViolation<?> violation : failure.getConstraintViolations()) {
      if (isAboutOurAnswer(violation)) {
        return unexpected(failure, exchange);
      }
      errors.add(
          new Problem.FieldError(pointer(violation.getPropertyPath()), violation.getMessage()));
    }
    errors.sort((a, b) -> a.pointer().compareTo(b.pointer()));
    return refusal(new ProblemException(CommonError.VALIDATION_FAILED, null, errors), exchange);
  }

  @ServerExceptionMapper
  public Response http(WebApplicationException failure, RoutingContext exchange) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof JacksonException json) {
        return refusal(JsonFailures.refusal(json), exchange);
      }
      if (cause instanceof ProblemException refusal) {
        return refusal(refusal, exchange);
      }
    }
    Response answer = failure.getResponse();
    if (answer.getStatus() < 400) {
      return answer;
    }
    if (answer.getStatus() >= 500) {
      return unexpected(failure, exchange);
    }
    ProblemException refusal = CommonError.ofStatus(answer.getStatus()).problem();
    if (answer.getHeaderString("Allow") != null) {
      refusal.header("Allow", answer.getHeaderString("Allow"));
    }
    return refusal(refusal, exchange);
  }

  @ServerExceptionMapper
  @Priority(Priorities.USER + 1000)
  public Response unexpected(Throwable failure, RoutingContext exchange) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemException refusal) {
        return refusal(refusal, exchange);
      }
      for (FailureTranslation translation : translations) {
        ProblemException refusal = translation.translate(cause);
        if (refusal != null) {
          return refusal(refusal, exchange);
        }
      }
    }
    LOG.errorf(failure, "Request %s failed", RequestId.of(exchange));
    return refusal(CommonError.INTERNAL_ERROR.problem(), exchange);
  }

  private static boolean isAboutOurAnswer(ConstraintViolation<?> violation) {
    for (Path.Node node : violation.getPropertyPath()) {
      if (node.getKind() == ElementKind.RETURN_VALUE) {
        return true;
      }
    }
    return false;
  }

  /** {@code create.request.fields[2].key} is the client's {@code /fields/2/key}. */
  private static String pointer(Path path) {
    List<Path.Node> nodes = new ArrayList<>();
    for (Path.Node node : path) {
      if (node.getKind() != ElementKind.METHOD) {
        nodes.add(node);
      }
    }
    boolean insideParameter =
        nodes.size() > 1 && nodes.getFirst().getKind() == ElementKind.PARAMETER;
    StringBuilder pointer = new StringBuilder();
    for (Path.Node node : insideParameter ? nodes.subList(1, nodes.size()) : nodes) {
      if (node.getIndex() != null) {
        pointer.append('/').append(node.getIndex());
      } else if (node.getKey() != null) {
        pointer.append('/').append(node.getKey());
      }
      if (node.getName() != null && !node.getName().startsWith("<")) {
        pointer.append('/').append(node.getName());
      }
    }
    return pointer.toString();
  }
}
