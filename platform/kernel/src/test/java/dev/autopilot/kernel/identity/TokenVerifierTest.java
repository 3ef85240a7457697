package dev.autopilot.kernel.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autopilot.kernel.Ids;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.ProblemException;
import java.io.IOException;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {
  private static final String ISSUER = "https://autopilot.example";

  private final EllipticCurveJsonWebKey key = generate();
  private final AtomicInteger signatureChecks = new AtomicInteger();
  private final TokenVerifier verifier = verifierAt(Instant.now());
  private final UUID user = Ids.next();

  private TokenVerifier verifierAt(Instant now) {
    return new TokenVerifier(
        (signature, context) -> {
          signatureChecks.incrementAndGet();
          return key.getPublicKey();
        },
        ISSUER,
        Clock.fixed(now, ZoneOffset.UTC));
  }

  @Test
  void believesATokenOfAuthService() throws Exception {
    UUID session = Ids.next();

    AccessToken token =
        verifier.verify(
            sign(claims -> {
              claims.setClaim("sid", session.toString());
              claims.setStringListClaim("roles", "user", "admin");
              claims.setStringClaim("scope", "chat projects:read");
            }));

    assertThat(token.userId()).isEqualTo(user);
    assertThat(token.sessionId()).isEqualTo(session);
    assertThat(token.roles()).containsExactlyInAnyOrder("user", "admin");
    assertThat(token.scopes()).containsExactlyInAnyOrder("chat", "projects:read");
  }

  @Test
  void checksASignatureOnceAndRemembersIt() throws Exception {
    String token = sign(claims -> {});

    verifier.verify(token);
    verifier.verify(token);

    assertThat(signatureChecks).hasValue(1);
  }

  @Test
  void doesNotBelieveARememberedTokenThatHasExpiredSince() throws Exception {
    String token = sign(claims -> {});
    TokenVerifier later = verifierAt(Instant.now().plus(Duration.ofHours(1)));

    assertThatThrownBy(() -> later.verify(token)).isInstanceOf(InvalidTokenException.class);
  }

  @Test
  void refusesTokensThatAreNotForUs() {
    assertRefused(claims -> claims.setIssuer("https://elsewhere.example"));
    assertRefused(claims -> claims.setAudience("another"));
    assertRefused(claims -> claims.unsetClaim("sub"));
    assertRefused(claims -> claims.setSubject("not a user id"));
    assertRefused(claims -> claims.unsetClaim("exp"));
    assertRefused(claims -> claims.setExpirationTime(NumericDate.fromSeconds(1)));
    assertRefused(
        claims -> claims.setNotBefore(NumericDate.fromSeconds(NumericDate.now().getValue() + 300)));
    assertRefused(claims -> claims.setClaim("sid", 5));
  }

  @Test
  void refusesOtherKeysTypesAndAlgorithms() throws Exception {
    assertThatThrownBy(
            () -> verifier.verify(sign(generate().getPrivateKey(), "ES256", "at+jwt", c -> {})))
        .isInstanceOf(InvalidTokenException.class);
    assertThatThrownBy(() -> verifier.verify(sign(key.getPrivateKey(), "ES256", "JWT", c -> {})))
        .isInstanceOf(InvalidTokenException.class);
    Key publicKeyAsSecret = new HmacKey(key.getPublicKey().getEncoded());
    assertThatThrownBy(() -> verifier.verify(sign(publicKeyAsSecret, "HS256", "at+jwt", c -> {})))
        .isInstanceOf(InvalidTokenException.class);
    assertThatThrownBy(() -> verifier.verify("x".repeat(10_000)))
        .isInstanceOf(InvalidTokenException.class);
  }

  @Test
  void saysThatItCannotTellWhenTheKeysAreOutOfReach() {
    TokenVerifier blind =
        new TokenVerifier(
            (signature, context) -> {
              throw new UnresolvableKeyException("no JWKS", new IOException("refused"));
            },
            ISSUER,
            Clock.systemUTC());

    assertThatThrownBy(() -> blind.verify(sign(claims -> {})))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(CommonError.UNAVAILABLE));
  }

  private void assertRefused(Consumer<JwtClaims> change) {
    assertThatThrownBy(() -> verifier.verify(sign(change)))
        .isInstanceOf(InvalidTokenException.class);
  }

  private String sign(Consumer<JwtClaims> change) throws JoseException {
    return sign(key.getPrivateKey(), "ES256", "at+jwt", change);
  }

  private String sign(Key with, String algorithm, String type, Consumer<JwtClaims> change)
      throws JoseException {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(ISSUER);
    claims.setAudience("autopilot");
    claims.setSubject(user.toString());
    claims.setIssuedAtToNow();
    claims.setExpirationTimeMinutesInTheFuture(10);
    change.accept(claims);
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setAlgorithmHeaderValue(algorithm);
    signature.setHeader("typ", type);
    signature.setKey(with);
    return signature.getCompactSerialization();
  }

  private static EllipticCurveJsonWebKey generate() {
    try {
      return EcJwkGenerator.generateJwk(EllipticCurves.P256);
    } catch (JoseException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
