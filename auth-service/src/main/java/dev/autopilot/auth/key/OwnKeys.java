package dev.autopilot.auth.key;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.security.Key;
import java.util.List;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/** Tokens that come back here are checked with the keys of the own table, not over HTTP. */
@ApplicationScoped
class OwnKeys implements VerificationKeyResolver {
  private final KeyRing ring;

  OwnKeys(KeyRing ring) {
    this.ring = ring;
  }

  @Override
  public Key resolveKey(JsonWebSignature token, List<JsonWebStructure> nesting)
      throws UnresolvableKeyException {
    String kid = token.getKeyIdHeaderValue();
    if (kid == null) {
      throw new UnresolvableKeyException("The token names no key");
    }
    try {
      return ring.find(kid)
          .orElseThrow(() -> new UnresolvableKeyException("No such key"))
          .publicKey();
    } catch (RuntimeException unreadable) {
      throw new UnresolvableKeyException(
          "The keys can't be read", new IOException("the database is away", unreadable));
    }
  }
}
