package dev.autopilot.kernel.identity;

import dev.autopilot.kernel.problem.CommonError;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;

/** Who is calling. The only place that reads the framework's identity; everyone else asks here. */
@RequestScoped
public class Identity {
  private final SecurityIdentity identity;

  Identity(SecurityIdentity identity) {
    this.identity = identity;
  }

  /** The caller; 401 when there is none. Never a caller without a user id. */
  public Caller caller() {
    AccessToken token = token();
    return new Caller(token.userId(), token.sessionId(), token.roles(), token.scopes());
  }

  /** The caller's verified token, to be passed on when a question goes to another service. */
  public AccessToken token() {
    if (identity.getPrincipal() instanceof VerifiedPrincipals.Principal principal) {
      return principal.token();
    }
    throw CommonError.UNAUTHENTICATED.problem();
  }
}
