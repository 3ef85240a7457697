package dev.autopilot.auth.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.autopilot.auth.AtOnce;
import dev.autopilot.auth.MovableClock;
import dev.autopilot.auth.Person;
import dev.autopilot.auth.Tables;
import dev.autopilot.auth.Work;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class RefreshTest {
  @Inject MovableClock clock;
  @Inject Tables tables;
  @Inject Work work;

  @AfterEach
  void present() {
    clock.reset();
  }

  @Test
  void aRefreshGivesNewTokensOfTheSameSession() {
    Person ada = Person.register();

    Response answer = Person.refresh(ada.refreshToken());

    answer
        .then()
        .statusCode(200)
        .body("refreshToken", not(equalTo(ada.refreshToken())))
        .body("accessToken", not(equalTo(ada.accessToken())))
        .body("user.id", equalTo(ada.id().toString()))
        .body("expiresIn", notNullValue());
    Person.refresh(answer.path("refreshToken")).then().statusCode(200);
  }

  @Test
  void twoTabsThatRefreshWithTheSameTokenGetTheSameSuccessor() {
    Person ada = Person.register();
    String successor = Person.refresh(ada.refreshToken()).path("refreshToken");
    clock.advance(Duration.ofSeconds(9));

    Response secondTab = Person.refresh(ada.refreshToken());

    secondTab.then().statusCode(200).body("refreshToken", equalTo(successor));
    Person.refresh(successor).then().statusCode(200);
  }

  @Test
  void theSlowerTabGetsTheTokenThatIsStillGoodWhenTheFasterRefreshedTwice() {
    Person ada = Person.register();
    String second = Person.refresh(ada.refreshToken()).path("refreshToken");
    String third = Person.refresh(second).path("refreshToken");

    Person.refresh(ada.refreshToken()).then().statusCode(200).body("refreshToken", equalTo(third));
  }

  @Test
  void aSpentTokenUsedLaterEndsTheWholeFamily() {
    Person ada = Person.register();
    String successor = Person.refresh(ada.refreshToken()).path("refreshToken");
    clock.advance(Duration.ofSeconds(11));

    Person.refresh(ada.refreshToken())
        .then()
        .statusCode(401)
        .body("code", equalTo("refresh_reused"));

    Person.refresh(successor).then().statusCode(401).body("code", equalTo("session_ended"));
    ada.request().get("/api/auth/sessions").then().statusCode(401);
  }

  @Test
  void reuseOnOneDeviceLeavesTheOthersAlone() {
    Person phone = Person.register();
    Person laptop = phone.signInAgain();
    Person.refresh(phone.refreshToken());
    clock.advance(Duration.ofSeconds(11));

    Person.refresh(phone.refreshToken()).then().statusCode(401);

    Person.refresh(laptop.refreshToken()).then().statusCode(200);
  }

  @Test
  void ofFiftyRefreshesAtOnceOneRotatesAndAllGetItsToken() {
    Person ada = Person.register();

    List<String> tokens =
        AtOnce.run(
            50,
            () ->
                Person.refresh(ada.refreshToken())
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("refreshToken"));

    assertThat(tokens).containsOnly(tokens.getFirst());
    assertThat(
            tables.count(
                "select count(*) from refresh_token t join session s on s.id = t.session_id where s.account_id = ?1",
                ada.id()))
        .isEqualTo(2);
  }

  @Test
  void noRefreshOutlivesARevocationThatRanBesideIt() {
    for (int round = 0; round < 20; round++) {
      Person ada = Person.register();
      Callable<String> refresh =
          () -> Person.refresh(ada.refreshToken()).jsonPath().getString("refreshToken");
      Callable<String> revoke =
          () -> {
            ada.request().post("/api/auth/logout").then().statusCode(204);
            return null;
          };

      List<String> tokens = AtOnce.run(List.of(refresh, revoke, refresh));

      Person.refresh(ada.refreshToken()).then().statusCode(401);
      for (String token : tokens) {
        if (token != null) {
          Person.refresh(token).then().statusCode(401).body("code", equalTo("session_ended"));
        }
      }
    }
  }

  @Test
  void aRefreshIsOneStatement() {
    String[] token = {Person.register().refreshToken()};

    Work.Done refresh = work.by(() -> token[0] = Person.refresh(token[0]).path("refreshToken"));

    assertThat(refresh).isEqualTo(new Work.Done(1, 0));
  }

  @Test
  void anUnknownTokenIsRefused() {
    Person.refresh("made up").then().statusCode(401).body("code", equalTo("invalid_refresh_token"));
  }

  @Test
  void aTokenThatNobodyUsedForAMonthIsForgotten() {
    Person ada = Person.register();
    clock.advance(Duration.ofDays(31));

    Person.refresh(ada.refreshToken())
        .then()
        .statusCode(401)
        .body("code", equalTo("invalid_refresh_token"));
  }

  @Test
  void aSessionEndsAfterNinetyDaysHoweverBusyItWas() {
    Person ada = Person.register();
    String token = ada.refreshToken();
    for (int week = 0; week < 12; week++) {
      clock.advance(Duration.ofDays(7));
      token = Person.refresh(token).then().statusCode(200).extract().path("refreshToken");
    }
    clock.advance(Duration.ofDays(7));

    Person.refresh(token).then().statusCode(401).body("code", equalTo("session_ended"));
  }

  @Test
  void noTokenIsReadableInTheTable() {
    Person ada = Person.register();
    String successor = Person.refresh(ada.refreshToken()).path("refreshToken");

    List<?> rows = tables.rows("select cast(t as text) from refresh_token t");

    assertThat(rows.toString()).doesNotContain(ada.refreshToken()).doesNotContain(successor);
  }
}
