package dev.autopilot.events.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import jakarta.enterprise.context.RequestScoped;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Parameter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What makes two requests the same: method, address and body. The body counts as it was understood,
 * so white space and the order of properties don't matter.
 */
@RequestScoped
class Fingerprints {
  private final Request request;
  private final UriInfo uri;
  private final ObjectMapper json;
  private final ObjectWriter canonical;

  Fingerprints(Request request, UriInfo uri, ObjectMapper json) {
    this.request = request;
    this.uri = uri;
    this.json = json;
    this.canonical = json.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  }

  byte[] of(InvocationContext call) throws JsonProcessingException {
    List<@Nullable Object> body = new ArrayList<>();
    Parameter[] parameters = call.getMethod().getParameters();
    for (int i = 0; i < parameters.length; i++) {
      if (isBody(parameters[i])) {
        body.add(call.getParameters()[i]);
      }
    }
    return of(body);
  }

  byte[] of(List<? extends @Nullable Object> body) throws JsonProcessingException {
    MessageDigest hash = sha256();
    hash.update(request.getMethod().getBytes(UTF_8));
    hash.update((byte) ' ');
    hash.update(uri.getRequestUri().getRawPath().getBytes(UTF_8));
    hash.update((byte) '?');
    String query = uri.getRequestUri().getRawQuery();
    hash.update((query == null ? "" : query).getBytes(UTF_8));
    for (Object part : body) {
      hash.update((byte) '\n');
      hash.update(canonical(part));
    }
    return hash.digest();
  }

  private byte[] canonical(@Nullable Object body) throws JsonProcessingException {
    if (body instanceof InputStream) {
      throw new IllegalStateException("A streamed body can't be @Idempotent; see IdempotentStream");
    }
    // By way of maps and lists, which are written in order of their keys.
    return canonical.writeValueAsBytes(json.convertValue(body, Object.class));
  }

  /** The parameter that no annotation of JAX-RS takes from elsewhere. */
  private static boolean isBody(Parameter parameter) {
    String type = parameter.getType().getName();
    return !type.startsWith("jakarta.ws.rs.")
        && Arrays.stream(parameter.getAnnotations())
            .map(Annotation::annotationType)
            .map(Class::getName)
            .noneMatch(name ->
                name.startsWith("jakarta.ws.rs.")
                    || name.startsWith("org.jboss.resteasy.reactive."));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
