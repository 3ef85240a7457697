package dev.autopilot.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.auth.Person;
import dev.autopilot.auth.Tables;
import dev.autopilot.auth.Work;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether there is such an account doesn't show in the time an answer takes: the work is equal. */
@QuarkusTest
@WithServers
class EqualWorkTest {
  @Inject Tables tables;
  @Inject Work work;

  @AfterEach
  void forgetAttempts() {
    tables.change("truncate attempt");
  }

  @Test
  void refusingASignInIsTheSameWorkWhetherOrNotThereIsSuchAnAccount() {
    Person ada = Person.register();
    Person withoutPassword = Person.register();
    tables.change("delete from password where account_id = ?1", withoutPassword.id());
    String nobody = Person.anyEmail();

    Work.Done wrongPassword = refused(ada.email());

    assertThat(wrongPassword.hashes()).isEqualTo(1);
    assertThat(refused(nobody)).isEqualTo(wrongPassword);
    assertThat(refused(withoutPassword.email())).isEqualTo(wrongPassword);
  }

  @Test
  void refusingALockedAccountIsTheSameWorkAndHashesNothing() {
    Person ada = Person.register();
    String nobody = Person.anyEmail();
    for (String email : new String[] {ada.email(), nobody}) {
      for (int i = 0; i < 10; i++) {
        Person.signIn(email, "a wrong guess").then().statusCode(401);
      }
    }

    Work.Done known = work.by(() -> locked(ada.email()));

    assertThat(known.hashes()).isZero();
    assertThat(work.by(() -> locked(nobody))).isEqualTo(known);
  }

  private Work.Done refused(String email) {
    return work.by(() -> Person.signIn(email, "a wrong guess").then().statusCode(401));
  }

  private static void locked(String email) {
    Person.signIn(email, "a wrong guess").then().statusCode(429);
  }
}
