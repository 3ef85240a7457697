package dev.autopilot.e2e.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autopilot.e2e.Answer;
import dev.autopilot.e2e.Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Accounts made, guessed at, recovered and erased at the same moment on two replicas. */
@ExtendWith(TwoReplicas.Started.class)
class AccountRacesTest {
  private static final int ROUNDS = 10;
  private static final String NEXT = "another walk by the river";

  @Test
  void ofManyWhoRegisterOneAddressAtOnceOneSucceeds(TwoReplicas replicas) {
    for (int round = 0; round < ROUNDS; round++) {
      String email = Account.anyEmail();

      List<Answer> answers = replicas.race(8, replica -> Account.register(replica, email));

      assertThat(statuses(answers)).containsOnly(201, 409).containsOnlyOnce(201);
    }
  }

  @Test
  void ofManyWhoFindAnEmptyInstallationOneIsItsAdministrator(TwoReplicas replicas) {
    for (int round = 0; round < ROUNDS; round++) {
      replicas.change("truncate account, founding cascade");

      List<Answer> answers =
          replicas.race(6, replica -> Account.register(replica, Account.anyEmail()));

      assertThat(answers)
          .allMatch(answer -> answer.status() == 201)
          .filteredOn(answer -> answer.json().at("/user/roles").toString().contains("admin"))
          .hasSize(1);
    }
  }

  @Test
  void aHundredGuessesAtOnceTellNoMoreThanTenAndLockBothReplicas(TwoReplicas replicas) {
    Account ada = Account.register(replicas);

    List<Answer> answers = replicas.race(100, replica -> ada.signIn(replica, "a wrong guess"));

    assertThat(statuses(answers)).containsOnly(401, 429);
    assertThat(statuses(answers)).filteredOn(status -> status == 401).hasSizeLessThanOrEqualTo(10);
    assertThat(statuses(replicas.both(ada::signIn))).containsOnly(429);
  }

  @Test
  void ofManyWhoUseOneResetLinkAtOnceOneSetsThePasswordAndTheLockIsGone(TwoReplicas replicas) {
    Account ada = Account.register(replicas);
    for (int guess = 0; guess < 10; guess++) {
      ada.signIn(replicas.one(), "guess " + guess);
    }
    assertThat(ada.signIn(replicas.other()).status()).isEqualTo(429);
    String token = forgotten(ada, replicas);
    List<String> wishes = IntStream.range(0, 8).mapToObj(i -> NEXT + " number " + i).toList();

    List<Answer> answers =
        replicas.race(
            wishes.stream()
                .<TwoReplicas.Call>map(wish -> replica -> Account.reset(replica, token, wish))
                .toList());

    assertThat(statuses(answers)).containsOnly(204, 400).containsOnlyOnce(204);
    String granted = wishes.get(statuses(answers).indexOf(204));
    assertThat(statuses(replicas.both(replica -> ada.signIn(replica, granted)))).containsOnly(200);
    assertThat(ada.refresh(replicas.one()).status()).isEqualTo(401);
  }

  @Test
  void noSignInWithTheOldPasswordOutlivesTheResetThatRanBesideIt(TwoReplicas replicas) {
    for (int round = 0; round < 3; round++) {
      Account ada = Account.register(replicas);
      String token = forgotten(ada, replicas);

      List<Answer> answers =
          replicas.race(
              List.of(
                  ada::signIn,
                  ada::signIn,
                  replica -> Account.reset(replica, token, NEXT),
                  ada::signIn,
                  replica -> ada.signIn(replica, "a wrong guess"),
                  ada::signIn));

      assertThat(answers.get(2).status()).isEqualTo(204);
      assertOldDevicesAreOut(answers, replicas);
      ada.signIn(replicas.one(), NEXT).expect(200);
    }
  }

  @Test
  void noSignInWithTheOldPasswordOutlivesTheChangeThatRanBesideIt(TwoReplicas replicas) {
    for (int round = 0; round < ROUNDS; round++) {
      Account ada = Account.register(replicas);

      List<Answer> answers =
          replicas.race(
              List.of(
                  ada::signIn,
                  ada::signIn,
                  replica -> ada.changePassword(replica, NEXT),
                  ada::signIn,
                  ada::signIn));

      assertThat(answers.get(2).status()).isEqualTo(204);
      assertOldDevicesAreOut(answers, replicas);
      ada.refresh(replicas.other()).expect(200);
    }
  }

  @Test
  void nothingOutlivesTheErasureThatRanBesideIt(TwoReplicas replicas) {
    for (int round = 0; round < ROUNDS; round++) {
      Account ada = Account.register(replicas);
      String personal = personalToken(ada, replicas).text("token");

      List<Answer> answers =
          replicas.race(
              List.of(
                  ada::refresh,
                  ada::signIn,
                  ada::erase,
                  replica -> workingFor(ada, replica),
                  replica -> exchange(personal, replica),
                  replica -> ada.post(replica, "2fa/setup", Map.of()),
                  replica -> ada.on(replica).patch("/api/auth/me", Map.of("name", "Grace")),
                  replica -> ada.post(replica, "email/verify/resend", Map.of()),
                  replica -> ada.changePassword(replica, ada.password()),
                  replica -> exchange(personal, replica),
                  replica -> workingFor(ada, replica),
                  ada::refresh,
                  ada::signIn));

      if (answers.get(2).status() != 204) {
        // The change of password came in between, and the proof had to be given again.
        ada.erase(replicas.one()).expect(204);
      }
      assertThat(replicas.count("select count(*) from account where id = ?", ada.id())).isZero();
      Instant revoked =
          ((Timestamp)
                  replicas.value(
                      "select revoked_at from revocation where key = ?", "user:" + ada.id()))
              .toInstant();
      for (String token : accessTokens(answers)) {
        assertThat(issuedAt(token)).as("so every gateway refuses it").isBefore(revoked);
        assertThat(replicas.both(replica -> replica.signedInWith(token).get("/api/auth/me")))
            .allMatch(answer -> answer.status() == 401);
      }
    }
  }

  @Test
  void whatAPersonalTokenIsExchangedForIsRevokedWithItWheneverThatHappens(TwoReplicas replicas) {
    for (int round = 0; round < ROUNDS; round++) {
      Account ada = Account.register(replicas);
      Answer made = personalToken(ada, replicas);
      String personal = made.text("token");
      String id = made.text("id");

      List<Answer> answers =
          replicas.race(
              List.of(
                  replica -> exchange(personal, replica),
                  replica -> exchange(personal, replica),
                  replica -> ada.on(replica).delete("/api/auth/tokens/" + id),
                  replica -> exchange(personal, replica)));

      assertThat(answers.get(2).status()).isEqualTo(204);
      assertThat(replicas.count("select count(*) from revocation where key = ?", "session:" + id))
          .isEqualTo(1);
      assertThat(accessTokens(answers))
          .allMatch(token -> claims(token).path("sid").asText().equals(id));
      assertThat(statuses(replicas.both(replica -> exchange(personal, replica)))).containsOnly(400);
    }
  }

  private static void assertOldDevicesAreOut(List<Answer> signIns, TwoReplicas replicas) {
    for (Answer signIn : signIns) {
      if (signIn.status() == 200) {
        String token = signIn.text("refreshToken");
        assertThat(statuses(replicas.both(replica -> Account.refresh(replica, token))))
            .containsOnly(401);
      }
    }
  }

  private static String forgotten(Account who, TwoReplicas replicas) {
    replicas.one().post("/api/auth/password/forgot", Map.of("email", who.email())).expect(204);
    return replicas.mailedToken(who.email(), "reset-password");
  }

  private static Answer personalToken(Account who, TwoReplicas replicas) {
    return who.post(
            replicas.one(), "tokens", Map.of("name", "a program", "scopes", List.of("projects")))
        .expect(201);
  }

  private static Answer exchange(String personalToken, Client replica) {
    return exchange(
        "gateway",
        "urn:autopilot:params:oauth:token-type:personal-access-token",
        personalToken,
        replica);
  }

  private static Answer workingFor(Account who, Client replica) {
    return exchange(
        "workflow",
        "urn:autopilot:params:oauth:token-type:user-id",
        who.id() + "&scope=projects",
        replica);
  }

  private static Answer exchange(String service, String type, String subject, Client replica) {
    return replica
        .with("Authorization", AuthReplicas.credentialOf(service))
        .post(
            "/internal/token",
            "application/x-www-form-urlencoded",
            "grant_type=urn:ietf:params:oauth:grant-type:token-exchange&subject_token_type=%s&subject_token=%s"
                .formatted(type, subject));
  }

  private static List<String> accessTokens(List<Answer> answers) {
    List<String> tokens = new ArrayList<>();
    for (Answer answer : answers) {
      if (answer.status() == 200) {
        JsonNode body = answer.json();
        for (String name : List.of("accessToken", "access_token")) {
          if (body.has(name)) {
            tokens.add(body.get(name).textValue());
          }
        }
      }
    }
    return tokens;
  }

  private static Instant issuedAt(String token) {
    return Instant.ofEpochSecond(claims(token).path("iat").asLong());
  }

  private static JsonNode claims(String token) {
    try {
      return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static List<Integer> statuses(List<Answer> answers) {
    return answers.stream().map(Answer::status).toList();
  }
}
