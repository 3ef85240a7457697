package dev.autopilot.kernel.web;

import dev.autopilot.kernel.problem.CommonError;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * A resource whose body parameter is {@code @Valid} never sees null: JAX-RS would hand it null for
 * an empty body, which no signature tells.
 */
class BodyRequired {
  private final Map<Method, Boolean> takesABody = new ConcurrentHashMap<>();

  @ServerRequestFilter
  void check(ContainerRequestContext request, ResourceInfo resource) {
    Method method = resource.getResourceMethod();
    if (method != null
        && isEmpty(request)
        && takesABody.computeIfAbsent(method, this::asksForOne)) {
      throw CommonError.MALFORMED_JSON.problem("The body is empty.");
    }
  }

  private static boolean isEmpty(ContainerRequestContext request) {
    String length = request.getHeaderString("Content-Length");
    return length == null
        ? request.getHeaderString("Transfer-Encoding") == null
        : length.equals("0");
  }

  private boolean asksForOne(Method method) {
    return Arrays.stream(method.getParameters()).anyMatch(BodyRequired::isBody);
  }

  private static boolean isBody(Parameter parameter) {
    return parameter.isAnnotationPresent(Valid.class)
        && !parameter.isAnnotationPresent(BeanParam.class);
  }
}
