package dev.autopilot.e2e.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.e2e.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Codes presented at the same moment to two replicas. */
@ExtendWith(TwoReplicas.Started.class)
class SecondFactorRacesTest {
  private static final int ROUNDS = 5;

  /** Somebody with a second factor; the code of this half minute is used up. */
  private record Protected(Account account, Phone phone, List<String> backupCodes) {
    static Protected in(TwoReplicas replicas) {
      Account ada = Account.register(replicas);
      Phone phone = setUp(ada, replicas);
      return new Protected(ada, phone, codes(enable(ada, replicas, phone.code()).expect(200)));
    }

    private static Answer enable(Account who, TwoReplicas replicas, String code) {
      return who.post(replicas.one(), "2fa/enable", Map.of("code", code));
    }
  }

  @Test
  void ofManyWhoPresentOneCodeAtOnceOneComesIn(TwoReplicas replicas) {
    for (int round = 0; round < ROUNDS; round++) {
      Protected ada = Protected.in(replicas);
      String code = ada.phone().nextCode();

      List<Answer> answers =
          replicas.race(8, replica -> ada.account().signInWithCode(replica, code));

      assertThat(statuses(answers)).containsOnly(200, 401).containsOnlyOnce(200);
    }
  }

  @Test
  void ofManyWhoPresentOneBackupCodeAtOnceOneComesIn(TwoReplicas replicas) {
    for (int round = 0; round < ROUNDS; round++) {
      Protected ada = Protected.in(replicas);
      String code = ada.backupCodes().getFirst();

      List<Answer> answers =
          replicas.race(8, replica -> ada.account().signInWithCode(replica, code));

      assertThat(statuses(answers)).containsOnly(200, 401).containsOnlyOnce(200);
      assertThat(codesLeft(ada.account(), replicas)).isEqualTo(9);
    }
  }

  @Test
  void ofManyWhoTurnItOnAtOnceOneGetsTheBackupCodesAndTheyAreGood(TwoReplicas replicas) {
    for (int round = 0; round < ROUNDS; round++) {
      Account ada = Account.register(replicas);
      String code = setUp(ada, replicas).code();

      List<Answer> answers =
          replicas.race(6, replica -> ada.post(replica, "2fa/enable", Map.of("code", code)));

      assertThat(statuses(answers)).containsOnlyOnce(200).isSubsetOf(200, 403, 409);
      Answer enabled =
          answers.stream().filter(one -> one.status() == 200).findFirst().orElseThrow();
      assertThat(codesLeft(ada, replicas)).isEqualTo(10);
      ada.signInWithCode(replicas.other(), codes(enabled).getLast()).expect(200);
    }
  }

  @Test
  void noOldBackupCodeIsGoodBesideNewOnes(TwoReplicas replicas) {
    for (int round = 0; round < ROUNDS; round++) {
      Protected ada = Protected.in(replicas);
      List<String> old = ada.backupCodes();
      String code = ada.phone().nextCode();

      List<Answer> answers =
          replicas.race(
              List.of(
                  replica -> ada.account().signInWithCode(replica, old.get(0)),
                  replica -> ada.account().post(replica, "2fa/backup-codes", Map.of("code", code)),
                  replica -> ada.account().signInWithCode(replica, old.get(1))));

      List<String> fresh = codes(answers.get(1).expect(200));
      assertThat(codesLeft(ada.account(), replicas)).isEqualTo(10);
      for (String worthless : old.subList(0, 4)) {
        assertThat(ada.account().signInWithCode(replicas.one(), worthless).status()).isEqualTo(401);
      }
      ada.account().signInWithCode(replicas.other(), fresh.getFirst()).expect(200);
    }
  }

  @Test
  void aHundredWrongCodesAtOnceTellNoMoreThanTenAndThenNoneIsTried(TwoReplicas replicas) {
    Protected ada = Protected.in(replicas);
    Stream<TwoReplicas.Call> ofTheApp =
        Stream.generate(() -> replica -> ada.account().signInWithCode(replica, "000000"));
    Stream<TwoReplicas.Call> backup =
        Stream.generate(() -> replica -> ada.account().signInWithCode(replica, "bcdfg-hjkmn"));

    List<Answer> answers =
        replicas.race(Stream.concat(ofTheApp.limit(50), backup.limit(50)).toList());

    assertThat(statuses(answers)).containsOnly(401, 429);
    assertThat(statuses(answers)).filteredOn(status -> status == 401).hasSizeLessThanOrEqualTo(10);
    for (String right : List.of(ada.backupCodes().getFirst(), ada.phone().nextCode())) {
      assertThat(replicas.both(replica -> ada.account().signInWithCode(replica, right)))
          .allMatch(answer -> answer.status() == 429);
    }
    assertThat(codesLeft(ada.account(), replicas)).isEqualTo(10);
  }

  private static Phone setUp(Account who, TwoReplicas replicas) {
    return new Phone(who.post(replicas.one(), "2fa/setup", Map.of()).expect(200).text("secret"));
  }

  private static List<String> codes(Answer answer) {
    return answer.json().path("backupCodes").valueStream().map(code -> code.textValue()).toList();
  }

  private static List<Integer> statuses(List<Answer> answers) {
    return answers.stream().map(Answer::status).toList();
  }

  private static long codesLeft(Account who, TwoReplicas replicas) {
    return replicas.count("select count(*) from backup_code where account_id = ?", who.id());
  }
}
