package dev.autopilot.auth.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import dev.autopilot.auth.secret.OpaqueToken;
import dev.autopilot.kernel.problem.ProblemException;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class OpenIdProviderTest {
  private static final String CLIENT_SECRET = "a secret of at least thirty-two characters";

  @Inject ProviderClient client;
  @Inject Handshakes handshakes;

  private final Impostor impostor = new Impostor();

  @AfterEach
  void stop() {
    impostor.close();
  }

  @Test
  void whatAnHonestProviderSaysIsBelieved() {
    Handshake.Secrets secrets = secrets();
    impostor.redeemsFor(impostor.signed(impostor.claims(secrets).build()));

    ForeignIdentity identity = identify(secrets);

    assertThat(identity.issuer()).isEqualTo(impostor.issuer());
    assertThat(identity.subject()).isEqualTo("subject-1");
    assertThat(identity.verifiedEmail().orElseThrow().text()).isEqualTo("grace@example.org");
    assertThat(identity.name()).isEqualTo("Grace");
  }

  @Test
  void theQuestionsAreBoundToEachOther() {
    Handshake.Secrets secrets = secrets();
    impostor.redeemsFor(impostor.signed(impostor.claims(secrets).build()));

    String door = provider(false).doorFor(secrets).toString();
    identify(secrets);

    assertThat(door)
        .startsWith(impostor.issuer() + "/authorize?")
        .contains("response_type=code")
        .contains("state=" + secrets.state().getValue())
        .contains("nonce=" + secrets.nonce().getValue())
        .contains("code_challenge_method=S256")
        .contains(
            "code_challenge="
                + OpaqueToken.of(new OpaqueToken(secrets.verifier().getValue()).hash()).value())
        .doesNotContain(secrets.verifier().getValue());
    assertThat(impostor.askedAt("/token"))
        .contains("grant_type=authorization_code")
        .contains("code_verifier=" + secrets.verifier().getValue());
  }

  @Test
  void aTokenForSomethingElseIsRefused() {
    Handshake.Secrets secrets = secrets();

    refused(secrets, impostor.claims(secrets).claim("nonce", "another").build());
    refused(secrets, impostor.claims(secrets).claim("nonce", null).build());
    refused(secrets, impostor.claims(secrets).audience("another-client").build());
    refused(secrets, impostor.claims(secrets).issuer("https://evil.example").build());
    refused(secrets, impostor.claims(secrets).subject(null).build());
    refused(
        secrets,
        impostor
            .claims(secrets)
            .issueTime(Date.from(Instant.now().minusSeconds(7200)))
            .expirationTime(Date.from(Instant.now().minusSeconds(3600)))
            .build());
  }

  @Test
  void aTokenThatTheProviderDidNotSignIsRefused() throws Exception {
    Handshake.Secrets secrets = secrets();
    JWTClaimsSet claims = impostor.claims(secrets).build();
    SignedJWT withTheSharedSecret =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), claims);
    withTheSharedSecret.sign(new MACSigner(CLIENT_SECRET));

    refused(secrets, new PlainJWT(claims).serialize());
    refused(secrets, withTheSharedSecret.serialize());
    refused(
        secrets, Impostor.signed(claims, new ECKeyGenerator(Curve.P_256).keyID("one").generate()));
    refused(secrets, "not.a.token");
  }

  @Test
  void anAddressMayBeToldOnlyWhenAskedForButOfTheSamePerson() {
    Handshake.Secrets secrets = secrets();
    impostor.redeemsFor(
        impostor.signed(
            impostor.claims(secrets).claim("email", null).claim("email_verified", null).build()));
    impostor.says(
        "/userinfo",
        "{\"sub\": \"subject-1\", \"email\": \"g@example.org\", \"email_verified\": \"true\"}");

    assertThat(identify(secrets).verifiedEmail().orElseThrow().text()).isEqualTo("g@example.org");
    assertThat(impostor.askedAt("/userinfo")).isEqualTo("Bearer at");

    impostor.says(
        "/userinfo",
        "{\"sub\": \"subject-2\", \"email\": \"g@example.org\", \"email_verified\": true}");
    assertRefused(secrets, FederationError.OIDC_ANSWER_INVALID);
  }

  @Test
  void anAddressCountsOnlyIfTheProviderSaysSoOrTheOperatorDoes() {
    Handshake.Secrets secrets = secrets();
    impostor.redeemsFor(
        impostor.signed(impostor.claims(secrets).claim("email_verified", null).build()));

    assertThat(identify(secrets).verifiedEmail()).isEmpty();
    assertThat(provider(true).identify(new AuthorizationCode("c"), secrets).verifiedEmail())
        .isPresent();
    for (Object notAnAddress : new Object[] {"grace", "a@b@c", "a b@c", "x".repeat(300) + "@c"}) {
      impostor.redeemsFor(
          impostor.signed(impostor.claims(secrets).claim("email", notAnAddress).build()));
      assertThat(identify(secrets).verifiedEmail()).isEmpty();
    }
  }

  @Test
  void aDocumentForAllTenantsStandsForTheTenantThatTheTokenNames() {
    String tenant = "9188040d-6c67-4c5b-b112-36a304b66dad";
    impostor.says(
        "/common/v2.0/.well-known/openid-configuration",
        """
        {"issuer": "%1$s/{tenantid}/v2.0", "authorization_endpoint": "%1$s/authorize",
         "token_endpoint": "%1$s/token", "jwks_uri": "%1$s/keys",
         "subject_types_supported": ["pairwise"], "response_types_supported": ["code"],
         "id_token_signing_alg_values_supported": ["ES256"]}
        """
            .formatted(impostor.issuer()));
    OpenIdProvider microsoft =
        provider(impostor.issuer() + "/common/v2.0", false, Preset.MICROSOFT);
    Handshake.Secrets secrets = secrets();
    JWTClaimsSet.Builder claims =
        impostor
            .claims(secrets)
            .claim("email_verified", null)
            .claim("xms_edov", true)
            .claim("tid", tenant);
    impostor.redeemsFor(
        impostor.signed(claims.issuer(impostor.issuer() + "/" + tenant + "/v2.0").build()));

    ForeignIdentity identity = microsoft.identify(new AuthorizationCode("c"), secrets);

    assertThat(identity.issuer()).isEqualTo(impostor.issuer() + "/" + tenant + "/v2.0");
    assertThat(identity.verifiedEmail()).isPresent();
    impostor.redeemsFor(
        impostor.signed(claims.issuer(impostor.issuer() + "/another/v2.0").build()));
    assertThatThrownBy(() -> microsoft.identify(new AuthorizationCode("c"), secrets))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void aProviderThatSaysItIsAnotherIsNotAsked() {
    impostor.says(
        "/.well-known/openid-configuration",
        """
        {"issuer": "https://accounts.google.com", "authorization_endpoint": "%1$s/authorize",
         "token_endpoint": "%1$s/token", "jwks_uri": "%1$s/keys",
         "subject_types_supported": ["public"], "response_types_supported": ["code"],
         "id_token_signing_alg_values_supported": ["ES256"]}
        """
            .formatted(impostor.issuer()));

    assertRefused(secrets(), FederationError.OIDC_PROVIDER_UNAVAILABLE);
  }

  @Test
  void anAnswerWithoutEndIsCutOff() {
    impostor.says("/.well-known/openid-configuration", " ".repeat(300_000) + "{}");

    assertRefused(secrets(), FederationError.OIDC_PROVIDER_UNAVAILABLE);
  }

  @Test
  void aProviderThatNeverAnswersIsNotWaitedFor() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      assertThatThrownBy(
              () -> provider("http://127.0.0.1:" + silent.getLocalPort()).doorFor(secrets()))
          .isInstanceOfSatisfying(
              ProblemException.class,
              refusal ->
                  assertThat(refusal.code()).isEqualTo(FederationError.OIDC_PROVIDER_UNAVAILABLE));
    }
  }

  @Test
  void aProviderThatIsAwayIsSaidToBe() {
    impostor.close();

    assertRefused(secrets(), FederationError.OIDC_PROVIDER_UNAVAILABLE);
  }

  private void refused(Handshake.Secrets secrets, JWTClaimsSet claims) {
    refused(secrets, impostor.signed(claims));
  }

  private void refused(Handshake.Secrets secrets, String idToken) {
    impostor.redeemsFor(idToken);
    assertRefused(secrets, FederationError.OIDC_ANSWER_INVALID);
  }

  private void assertRefused(Handshake.Secrets secrets, FederationError why) {
    assertThatThrownBy(() -> identify(secrets))
        .isInstanceOfSatisfying(
            ProblemException.class, refusal -> assertThat(refusal.code()).isEqualTo(why));
  }

  private ForeignIdentity identify(Handshake.Secrets secrets) {
    return provider(false).identify(new AuthorizationCode("c"), secrets);
  }

  private OpenIdProvider provider(boolean trustEmail) {
    return provider(impostor.issuer(), trustEmail);
  }

  private OpenIdProvider provider(String issuer) {
    return provider(issuer, false);
  }

  private OpenIdProvider provider(String issuer, boolean trustEmail) {
    return provider(issuer, trustEmail, Preset.GENERIC);
  }

  private OpenIdProvider provider(String issuer, boolean trustEmail, Preset preset) {
    return new OpenIdProvider(
        new Registration(
            "impostor",
            "Impostor",
            preset,
            URI.create(issuer),
            new ClientID(Impostor.CLIENT),
            new Secret(CLIENT_SECRET),
            new Scope("openid", "email"),
            trustEmail,
            URI.create("http://gateway.test/api/auth/oidc/impostor/callback")),
        client,
        Clock.systemUTC());
  }

  private Handshake.Secrets secrets() {
    return handshakes.secretsOf(OpaqueToken.random());
  }
}
