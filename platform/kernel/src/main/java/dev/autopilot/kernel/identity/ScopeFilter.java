package dev.autopilot.kernel.identity;

import dev.autopilot.kernel.problem.CommonError;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Refuses tokens whose scopes don't reach as far as the resource asks. */
class ScopeFilter {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final Identity identity;

  ScopeFilter(Identity identity) {
    this.identity = identity;
  }

  @ServerRequestFilter
  void check(ContainerRequestContext request, ResourceInfo resource) {
    Scoped scoped = scopeOf(resource);
    if (scoped != null
        && !identity.caller().mayUse(scoped.value(), READING.contains(request.getMethod()))) {
      throw CommonError.FORBIDDEN.problem("The token lacks the scope " + scoped.value() + ".");
    }
  }

  private static @Nullable Scoped scopeOf(ResourceInfo resource) {
    Method method = resource.getResourceMethod();
    if (method == null) {
      return null;
    }
    Scoped onMethod = method.getAnnotation(Scoped.class);
    return onMethod != null ? onMethod : resource.getResourceClass().getAnnotation(Scoped.class);
  }
}
