package dev.autopilot.auth.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import dev.autopilot.auth.secret.OpaqueToken;
import dev.autopilot.kernel.problem.ProblemException;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against an Enterprise Server's addresses, which are the cloud's on one host. */
@QuarkusTest
@WithServers
class GitHubProviderTest {
  private static final String TOKEN = "/login/oauth/access_token";

  @Inject ProviderClient client;
  @Inject Handshakes handshakes;

  private final Impostor gitHub = new Impostor();

  @AfterEach
  void stop() {
    gitHub.close();
  }

  @Test
  void somebodyIsKnownByTheirNumberAndTheirVerifiedPrimaryAddress() {
    gitHub.says(
        TOKEN,
        "{\"access_token\": \"gho_x\", \"scope\": \"read:user\", \"token_type\": \"bearer\"}");
    gitHub.says("/api/v3/user", "{\"id\": 583231, \"login\": \"grace\", \"name\": null}");
    gitHub.says(
        "/api/v3/user/emails",
        """
        [{"email": "old@example.org", "primary": false, "verified": true},
         {"email": "grace@example.org", "primary": true, "verified": true}]
        """);
    Handshake.Secrets secrets = secrets();

    ForeignIdentity identity = provider().identify(new AuthorizationCode("c"), secrets);

    assertThat(identity.issuer()).isEqualTo(gitHub.issuer());
    assertThat(identity.subject()).isEqualTo("583231");
    assertThat(identity.name()).isEqualTo("grace");
    assertThat(identity.verifiedEmail().orElseThrow().text()).isEqualTo("grace@example.org");
    assertThat(gitHub.askedAt(TOKEN))
        .contains("code_verifier=" + secrets.verifier().getValue())
        .contains("client_secret=");
    assertThat(gitHub.askedAt("/api/v3/user")).isEqualTo("Bearer gho_x");
  }

  @Test
  void anAddressThatIsNotVerifiedIsNone() {
    gitHub.says(TOKEN, "{\"access_token\": \"gho_x\", \"token_type\": \"bearer\"}");
    gitHub.says("/api/v3/user", "{\"id\": 1, \"login\": \"grace\"}");
    gitHub.says(
        "/api/v3/user/emails",
        "[{\"email\": \"grace@example.org\", \"primary\": true, \"verified\": false}]");

    assertThat(provider().identify(new AuthorizationCode("c"), secrets()).verifiedEmail())
        .isEmpty();
  }

  @Test
  void aRefusalThatIsToldWithStatus200IsOne() {
    gitHub.says(TOKEN, "{\"error\": \"bad_verification_code\"}");

    assertThatThrownBy(() -> provider().identify(new AuthorizationCode("c"), secrets()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(FederationError.OIDC_ANSWER_INVALID));
  }

  @Test
  void itIsAskedWithStateAndChallenge() {
    Handshake.Secrets secrets = secrets();

    assertThat(provider().doorFor(secrets).toString())
        .startsWith(gitHub.issuer() + "/login/oauth/authorize?")
        .contains("state=" + secrets.state().getValue())
        .contains("code_challenge_method=S256")
        .contains("scope=read%3Auser+user%3Aemail");
  }

  private GitHubProvider provider() {
    return new GitHubProvider(
        new Registration(
            "github",
            "GitHub",
            Preset.GITHUB,
            URI.create(gitHub.issuer()),
            new ClientID(Impostor.CLIENT),
            new Secret("a secret"),
            new Scope("read:user", "user:email"),
            false,
            URI.create("http://gateway.test/api/auth/oidc/github/callback")),
        client);
  }

  private Handshake.Secrets secrets() {
    return handshakes.secretsOf(OpaqueToken.random());
  }
}
