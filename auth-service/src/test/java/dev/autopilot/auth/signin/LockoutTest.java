package dev.autopilot.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.autopilot.auth.AtOnce;
import dev.autopilot.auth.MovableClock;
import dev.autopilot.auth.Person;
import dev.autopilot.auth.Tables;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class LockoutTest {
  @Inject MovableClock clock;
  @Inject Tables tables;

  @BeforeEach
  @AfterEach
  void forgetAll() {
    clock.reset();
    tables.change("truncate attempt");
  }

  @Test
  void tenFailuresLockTheAccountAndSayForHowLong() {
    Person ada = Person.register();
    fail(ada.email(), 10);

    Response locked = Person.signIn(ada.email(), ada.password());

    locked.then().statusCode(429).body("code", equalTo("too_many_attempts"));
    assertThat(Integer.parseInt(locked.header("Retry-After"))).isBetween(890, 900);
  }

  @Test
  void nineFailuresDoNotAndASuccessForgetsThem() {
    Person ada = Person.register();
    fail(ada.email(), 9);
    Person.signIn(ada.email(), ada.password()).then().statusCode(200);
    fail(ada.email(), 9);

    Person.signIn(ada.email(), ada.password()).then().statusCode(200);
  }

  @Test
  void anAddressThatNobodyHasIsLockedJustTheSame() {
    String nobody = Person.anyEmail();
    fail(nobody, 10);

    Person.signIn(nobody, "anything at all").then().statusCode(429);
  }

  @Test
  void theLockEndsWhenItSaidEvenIfSomebodyKeepsKnocking() {
    Person ada = Person.register();
    fail(ada.email(), 10);
    clock.advance(Duration.ofMinutes(14));
    Person.signIn(ada.email(), "still guessing").then().statusCode(429);

    clock.advance(Duration.ofMinutes(1).plusSeconds(1));

    Person.signIn(ada.email(), ada.password()).then().statusCode(200);
  }

  @Test
  void eachFailureCountsForFifteenMinutesWhenEverItWas() {
    Person ada = Person.register();
    fail(ada.email(), 5);
    clock.advance(Duration.ofMinutes(10));
    fail(ada.email(), 4);
    clock.advance(Duration.ofMinutes(6));

    // The first five are forgotten: these make nine.
    fail(ada.email(), 5);
    Person.signIn(ada.email(), "the tenth guess").then().statusCode(401);

    Person.signIn(ada.email(), ada.password()).then().statusCode(429);
  }

  @Test
  void theLockOfOneAccountIsNotAnothers() {
    Person ada = Person.register();
    Person bob = Person.register();
    fail(ada.email(), 10);

    Person.signIn(bob.email(), bob.password()).then().statusCode(200);
  }

  @Test
  void guessesMadeAtOnceGetNoFurtherThanTenInARow() {
    Person ada = Person.register();
    List<Callable<Integer>> guesses = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String guess = i == 29 ? ada.password() : "guess " + i;
      guesses.add(() -> Person.signIn(ada.email(), guess).statusCode());
    }

    List<Integer> answers = AtOnce.run(guesses);

    // All were checked side by side, but decided in a row: ten are told that they are wrong, and
    // of the others nobody can tell the right one. It may have been among the first, of course.
    assertThat(answers.subList(0, 29)).containsOnly(401, 429);
    if (answers.get(29) == 429) {
      assertThat(answers).filteredOn(status -> status == 401).hasSize(10);
    } else {
      assertThat(answers.get(29)).isEqualTo(200);
    }
  }

  @Test
  void signInsAtOnceWithTheRightPasswordAllSucceed() {
    Person ada = Person.register();

    List<Integer> answers =
        AtOnce.run(16, () -> Person.signIn(ada.email(), ada.password()).statusCode());

    assertThat(answers).isEqualTo(Collections.nCopies(16, 200));
  }

  private static void fail(String email, int times) {
    for (int i = 0; i < times; i++) {
      Person.signIn(email, "wrong guess " + i).then().statusCode(401);
    }
  }
}
