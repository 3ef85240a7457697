package dev.autopilot.e2e.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.e2e.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Refresh tokens used at the same moment on two replicas. */
@ExtendWith(TwoReplicas.Started.class)
class RefreshRacesTest {
  private static final int ROUNDS = 10;

  @Test
  void ofFiftyRefreshesOfOneTokenAtOnceOneRotatesAndAllGetItsToken(TwoReplicas replicas) {
    Account ada = Account.register(replicas);

    List<Answer> answers = replicas.race(50, ada::refresh);

    assertThat(answers).allMatch(answer -> answer.status() == 200);
    List<String> tokens = refreshTokens(answers);
    assertThat(tokens).containsOnly(tokens.getFirst());
    assertThat(
            replicas.count(
                "select count(*) from refresh_token t join session s on s.id = t.session_id"
                    + " where s.account_id = ?",
                ada.id()))
        .as("the first token and its one successor")
        .isEqualTo(2);
    assertThat(replicas.race(2, replica -> Account.refresh(replica, tokens.getFirst())))
        .allMatch(answer -> answer.status() == 200);
  }

  @Test
  void twoTabsThatRefreshAtOnceAgainAndAgainBothStaySignedIn(TwoReplicas replicas) {
    Account ada = Account.register(replicas);
    String first = ada.refreshToken();
    String second = ada.refreshToken();

    for (int round = 0; round < 3 * ROUNDS; round++) {
      String one = first;
      String other = second;
      List<Answer> answers =
          replicas.race(
              List.of(
                  replica -> Account.refresh(replica, one),
                  replica -> Account.refresh(replica, other)));

      assertThat(answers).allMatch(answer -> answer.status() == 200);
      first = refreshTokens(answers).get(0);
      second = refreshTokens(answers).get(1);
    }
    assertThat(liveSessionsOf(ada, replicas)).isEqualTo(1);
  }

  @Test
  void noRefreshOutlivesTheSignOutThatRanBesideIt(TwoReplicas replicas) {
    for (int round = 0; round < ROUNDS; round++) {
      Account ada = Account.register(replicas);

      List<Answer> answers =
          beside(ada, replica -> ada.post(replica, "logout", Map.of()), replicas);

      assertNothingIsGoodAnyMore(ada, answers, replicas);
      assertThat(liveSessionsOf(ada, replicas)).isZero();
    }
  }

  @Test
  void noRefreshOutlivesARevocationFromAnotherDevice(TwoReplicas replicas) {
    for (int round = 0; round < ROUNDS; round++) {
      Account phone = Account.register(replicas);
      Account laptop = phone.signInAgain(replicas);

      List<Answer> answers =
          beside(phone, replica -> laptop.on(replica).delete("/api/auth/sessions"), replicas);

      assertNothingIsGoodAnyMore(phone, answers, replicas);
      assertThat(laptop.refresh(replicas.one()).status()).isEqualTo(200);
    }
  }

  @Test
  void noRefreshOfAnotherDeviceOutlivesAChangeOfThePassword(TwoReplicas replicas) {
    for (int round = 0; round < ROUNDS; round++) {
      Account phone = Account.register(replicas);
      Account laptop = phone.signInAgain(replicas);

      List<Answer> answers =
          beside(
              phone,
              replica -> laptop.changePassword(replica, "another walk by the river"),
              replicas);

      assertNothingIsGoodAnyMore(phone, answers, replicas);
      assertThat(laptop.refresh(replicas.one()).status()).isEqualTo(200);
    }
  }

  @Test
  void aSpentTokenUsedLaterEndsTheFamilyWhoeverIsRefreshingBesideIt(TwoReplicas replicas) {
    for (int round = 0; round < ROUNDS; round++) {
      Account ada = Account.register(replicas);
      String successor = ada.refresh(replicas.one()).expect(200).text("refreshToken");
      replicas.change(
          "update refresh_token set spent_at = spent_at - interval '11 seconds'"
              + " where session_id in (select id from session where account_id = ?)",
          ada.id());

      List<Answer> answers =
          replicas.race(
              List.of(
                  replica -> Account.refresh(replica, successor),
                  ada::refresh,
                  replica -> Account.refresh(replica, successor),
                  ada::refresh));

      assertThat(List.of(answers.get(1), answers.get(3)))
          .allMatch(answer -> answer.text("code").equals("refresh_reused"));
      assertNothingIsGoodAnyMore(ada, answers, replicas);
      assertThat(liveSessionsOf(ada, replicas)).isZero();
    }
  }

  /** Refreshes on both replicas before, beside and after something else. */
  private static List<Answer> beside(
      Account who, TwoReplicas.Call something, TwoReplicas replicas) {
    List<Answer> answers =
        replicas.race(
            List.of(
                who::refresh, who::refresh, something, who::refresh, who::refresh, who::refresh));
    assertThat(answers.get(2).status()).isEqualTo(204);
    return answers;
  }

  private static void assertNothingIsGoodAnyMore(
      Account who, List<Answer> answers, TwoReplicas replicas) {
    List<String> tokens = new ArrayList<>(refreshTokens(answers));
    tokens.add(who.refreshToken());
    for (String token : tokens) {
      assertThat(replicas.both(replica -> Account.refresh(replica, token)))
          .allMatch(answer -> answer.status() == 401);
    }
    assertThat(replicas.both(replica -> who.on(replica).get("/api/auth/me")))
        .allMatch(answer -> answer.status() == 401);
  }

  private static List<String> refreshTokens(List<Answer> answers) {
    return answers.stream()
        .filter(answer -> answer.status() == 200)
        .map(answer -> answer.json().path("refreshToken").textValue())
        .filter(Objects::nonNull)
        .toList();
  }

  private static long liveSessionsOf(Account who, TwoReplicas replicas) {
    return replicas.count(
        "select count(*) from session where account_id = ? and revoked_at is null", who.id());
  }
}
