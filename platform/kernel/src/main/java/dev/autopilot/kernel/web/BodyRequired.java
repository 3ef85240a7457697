package dev.autopilot.kernel.web;

import dev.autopilot.kernel.problem.CommonError;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MediaType;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * A resource whose body parameter is {@code @Valid} never sees null: JAX-RS would hand it null for
 * an empty body, which no signature tells. And where it doesn't say otherwise, it takes JSON:
 * JAX-RS would make a record with a single text of {@code text/plain} too, which any page may send
 * to anybody without asking first.
 */
class BodyRequired {
  private final Map<Method, Boolean> takesABody = new ConcurrentHashMap<>();

  @ServerRequestFilter
  void check(ContainerRequestContext request, ResourceInfo resource) {
    Method method = resource.getResourceMethod();
    if (method == null || !takesABody.computeIfAbsent(method, this::asksForOne)) {
      return;
    }
    if (isEmpty(request)) {
      throw CommonError.MALFORMED_JSON.problem("The body is empty.");
    }
    if (!saysWhatItTakes(method) && !isJson(request.getMediaType())) {
      throw CommonError.UNSUPPORTED_MEDIA_TYPE.problem();
    }
  }

  private static boolean saysWhatItTakes(Method method) {
    return method.isAnnotationPresent(Consumes.class)
        || method.getDeclaringClass().isAnnotationPresent(Consumes.class);
  }

  private static boolean isJson(@Nullable MediaType type) {
    return type != null
        && type.getType().equals("application")
        && (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"));
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
