package dev.autopilot.auth.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import dev.autopilot.auth.Person;
import dev.autopilot.auth.Tables;
import dev.autopilot.auth.account.AccountError;
import dev.autopilot.auth.device.Device;
import dev.autopilot.auth.secret.OpaqueToken;
import dev.autopilot.kernel.problem.ProblemException;
import dev.autopilot.testkit.WithServers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class WelcomeTest {
  private static final URI PROVIDER = URI.create("https://provider.example.org");

  @Inject Welcome welcome;
  @Inject ProviderClient client;
  @Inject Tables tables;

  @Test
  void aSignInBesideAnErasureWaitsForItAndFindsNobody() throws Exception {
    String email = Person.anyEmail();
    ForeignIdentity grace = new ForeignIdentity(PROVIDER.toString(), email, email, true, "Grace");
    signIn(grace);

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Welcome.Outcome> beside =
          QuarkusTransaction.requiringNew()
              .call(() -> eraseWhile(threads, email, () -> signIn(grace)));

      assertThatThrownBy(beside::get)
          .cause()
          .isInstanceOfSatisfying(
              ProblemException.class,
              refusal -> assertThat(refusal.code()).isEqualTo(AccountError.ACCOUNT_GONE));
    }
  }

  /** As an erasure does it: the account is locked, and then goes with what belongs to it. */
  private <T> Future<T> eraseWhile(ExecutorService threads, String email, Callable<T> beside) {
    tables.rows("select id from account where email_key = ?1 for update", email);
    Future<T> running = threads.submit(beside);
    tables.awaitAnotherWaitingForUs();
    tables.change("delete from account where email_key = ?1", email);
    return running;
  }

  private Welcome.Outcome signIn(ForeignIdentity identity) {
    return welcome.welcome(
        provider(),
        identity,
        new Handshake(
            "github",
            Holder.of(OpaqueToken.random()),
            new Landing(URI.create("http://gateway.test/app/"), null)),
        new Device("203.0.113.7", "Firefox"));
  }

  private Provider provider() {
    return new GitHubProvider(
        new Registration(
            "github",
            "GitHub",
            Preset.GITHUB,
            PROVIDER,
            new ClientID("autopilot"),
            new Secret("a secret"),
            new Scope("read:user", "user:email"),
            false,
            URI.create("http://gateway.test/api/auth/oidc/github/callback")),
        client);
  }
}
