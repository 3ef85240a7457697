package dev.autopilot.auth.internal;

import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.start.MasterKey;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets only services in: user name is the service's, password is derived from the master key. */
@Provider
@ServiceOnly
@Priority(Priorities.AUTHENTICATION)
class ServiceCredentials implements ContainerRequestFilter {
  private static final Set<String> SERVICES =
      Set.of("auth", "chat", "projects", "workflow", "integration", "dashboard", "gateway");
  private static final String SCHEME = "Basic ";

  private final MasterKey master;
  private final CallingService calling;

  ServiceCredentials(MasterKey master, CallingService calling) {
    this.master = master;
    this.calling = calling;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    calling.proved(
        service(request.getHeaderString("Authorization"))
            .orElseThrow(() ->
                CommonError.UNAUTHENTICATED
                    .problem("A service's credential is needed.")
                    .header("WWW-Authenticate", "Basic realm=\"services\"")));
  }

  private Optional<String> service(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    String credential;
    try {
      credential =
          new String(
              Base64.getDecoder().decode(header.substring(SCHEME.length()).strip()),
              StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    int colon = credential.indexOf(':');
    String name = colon < 0 ? credential : credential.substring(0, colon);
    String secret = credential.substring(colon + 1);
    return SERVICES.contains(name) && isSecretOf(name, secret)
        ? Optional.of(name)
        : Optional.empty();
  }

  private boolean isSecretOf(String service, String offered) {
    return MessageDigest.isEqual(
        master.serviceSecret(service).getBytes(StandardCharsets.UTF_8),
        offered.getBytes(StandardCharsets.UTF_8));
  }
}
