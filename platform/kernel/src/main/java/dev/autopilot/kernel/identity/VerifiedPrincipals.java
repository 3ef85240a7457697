package dev.autopilot.kernel.identity;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import org.jose4j.jwt.JwtClaims;

/** Puts our verification in the place of SmallRye's own, so that gateway and services agree. */
@ApplicationScoped
@Alternative
@Priority(1)
class VerifiedPrincipals extends JWTCallerPrincipalFactory {
  private final TokenVerifier verifier;

  VerifiedPrincipals(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  @Override
  public JWTCallerPrincipal parse(String token, JWTAuthContextInfo context) throws ParseException {
    try {
      return new Principal(verifier.verify(token));
    } catch (InvalidTokenException refused) {
      throw new ParseException(refused.getMessage());
    }
  }

  /** The principal that carries the verified token to {@link Identity}. */
  static final class Principal extends DefaultJWTCallerPrincipal {
    private final AccessToken token;

    Principal(AccessToken token) {
      super(asSmallRyeWantsThem(token));
      this.token = token;
    }

    AccessToken token() {
      return token;
    }

    private static JwtClaims asSmallRyeWantsThem(AccessToken token) {
      JwtClaims claims = new JwtClaims();
      token.claims().getClaimsMap().forEach(claims::setClaim);
      claims.setStringListClaim("groups", java.util.List.copyOf(token.roles()));
      claims.setStringClaim("raw_token", token.raw());
      return claims;
    }
  }
}
