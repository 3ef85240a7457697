package dev.autopilot.auth.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.autopilot.auth.AtOnce;
import dev.autopilot.auth.MovableClock;
import dev.autopilot.auth.Person;
import dev.autopilot.auth.Tables;
import dev.autopilot.auth.factor.Phone;
import dev.autopilot.auth.mail.Inbox;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.WithServers;
import io.quarkus.mailer.Mail;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class RecoveryTest {
  private static final String RESET = "Set another password";
  private static final String VERIFY = "Verify your address";
  private static final String CHANGED = "Your password was changed";
  private static final String NEXT = "another walk by the river";

  @Inject Inbox inbox;
  @Inject MovableClock clock;
  @Inject Tables tables;

  @BeforeEach
  @AfterEach
  void startOver() {
    clock.reset();
    tables.change("truncate attempt");
    inbox.empty();
  }

  @Test
  void aNewAccountIsAskedToVerifyItsAddress() {
    Person ada = Person.register();
    ada.request().get("/api/auth/me").then().body("emailVerified", equalTo(false));

    verify(inbox.token(ada.email(), VERIFY)).then().statusCode(204);

    ada.request().get("/api/auth/me").then().body("emailVerified", equalTo(true));
  }

  @Test
  void lettersComeAsPlainTextAndAsHtml() {
    Person ada = Person.register();

    Mail letter = inbox.await(ada.email(), VERIFY);

    assertThat(letter.getText()).startsWith("Hello Ada,").contains("/app/verify-email#token=");
    assertThat(letter.getHtml()).contains("<p>Hello Ada,</p>").contains("<a href=\"http");
  }

  @Test
  void aNameIsNeverMarkupInALetter() {
    String email = Person.anyEmail();
    Person.post(
            "register",
            Map.of("email", email, "password", Person.PASSWORD, "name", "<img src=x onerror=y>"))
        .then()
        .statusCode(201);

    assertThat(inbox.await(email, VERIFY).getHtml()).contains("&lt;img").doesNotContain("<img");
  }

  @Test
  void aLinkIsGoodOnceAndOnlyTheLatestIs() {
    Person ada = Person.register();
    String first = inbox.token(ada.email(), VERIFY);
    inbox.empty();
    ada.request().post("/api/auth/email/verify/resend").then().statusCode(204);
    String second = inbox.token(ada.email(), VERIFY);

    verify(first).then().statusCode(400).body("code", equalTo("invalid_token"));
    verify(second).then().statusCode(204);
    verify(second).then().statusCode(400);
    verify("made-up").then().statusCode(400);
  }

  @Test
  void aForgottenPasswordIsReplacedByWhoeverReadsTheMail() {
    Person ada = Person.register();
    Person phone = ada.signInAgain();
    forgot(ada.email()).then().statusCode(204);

    reset(inbox.token(ada.email(), RESET), NEXT).then().statusCode(204);

    Person.signIn(ada.email(), Person.PASSWORD).then().statusCode(401);
    Person.signIn(ada.email(), NEXT)
        .then()
        .statusCode(200)
        .body("user.emailVerified", equalTo(true));
    Person.refresh(ada.refreshToken()).then().statusCode(401);
    Person.refresh(phone.refreshToken()).then().statusCode(401);
    inbox.await(ada.email(), CHANGED);
  }

  @Test
  void whetherThereIsSuchAnAccountIsNotTold() {
    Person ada = Person.register();

    Response known = forgot(ada.email());
    Response unknown = forgot(Person.anyEmail());

    assertThat(known.statusCode()).isEqualTo(unknown.statusCode()).isEqualTo(204);
    assertThat(known.body().asString()).isEqualTo(unknown.body().asString());
  }

  @Test
  void theAnswerWaitsNeitherForTheLookUpNorForTheLetter() {
    Person ada = Person.register();

    QuarkusTransaction.requiringNew()
        .run(() -> {
          tables.change("lock table account, mailed_token in access exclusive mode");
          forgot(ada.email()).then().statusCode(204);
          forgot(Person.anyEmail()).then().statusCode(204);
        });

    inbox.token(ada.email(), RESET);
  }

  @Test
  void aResetLinkIsGoodOnceAndForAnHour() {
    Person ada = Person.register();
    forgot(ada.email());
    String token = inbox.token(ada.email(), RESET);
    reset(token, NEXT).then().statusCode(204);
    reset(token, "yet another walk somewhere").then().statusCode(400);
    Person.signIn(ada.email(), NEXT).then().statusCode(200);

    inbox.empty();
    forgot(ada.email());
    String late = inbox.token(ada.email(), RESET);
    clock.advance(Duration.ofMinutes(61));
    reset(late, "yet another walk somewhere")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_token"));
  }

  @Test
  void aPasswordThatIsRefusedLeavesTheLinkGood() {
    Person ada = Person.register();
    forgot(ada.email());
    String token = inbox.token(ada.email(), RESET);

    reset(token, "password1")
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/password"));

    reset(token, NEXT).then().statusCode(204);
  }

  @Test
  void ofManyWhoUseOneLinkAtOnceOneSucceeds() {
    Person ada = Person.register();
    forgot(ada.email());
    String token = inbox.token(ada.email(), RESET);

    List<Integer> answers = AtOnce.run(6, () -> reset(token, NEXT).statusCode());

    assertThat(answers).containsOnly(204, 400).filteredOn(status -> status == 204).hasSize(1);
  }

  @Test
  void aResetUnlocksTheAccount() {
    Person ada = Person.register();
    for (int i = 0; i < 10; i++) {
      Person.signIn(ada.email(), "guess " + i);
    }
    Person.signIn(ada.email(), ada.password()).then().statusCode(429);
    forgot(ada.email()).then().statusCode(204);

    reset(inbox.token(ada.email(), RESET), NEXT).then().statusCode(204);

    Person.signIn(ada.email(), NEXT).then().statusCode(200);
  }

  @Test
  void aResetDoesNotGoAroundTheSecondFactor() {
    Person ada = inbox.verified(Person.register());
    turnOnTheSecondFactor(ada);
    forgot(ada.email());

    reset(inbox.token(ada.email(), RESET), NEXT).then().statusCode(204);

    Person.signIn(ada.email(), NEXT)
        .then()
        .statusCode(401)
        .body("code", equalTo("two_factor_required"));
  }

  @Test
  void whoRegisteredSomebodyElsesAddressKeepsNoWayInOnceItsOwnerResetsThePassword() {
    Person stranger = Person.register();
    turnOnTheSecondFactor(stranger);
    makeToken(stranger);
    forgot(stranger.email());
    try (EventProbe events = EventProbe.on("auth.events.v1")) {
      reset(inbox.token(stranger.email(), RESET), NEXT).then().statusCode(204);

      events.await(
          "auth.two_factor.disabled", event -> event.key().equals(stranger.id().toString()));
    }

    Person.signIn(stranger.email(), NEXT)
        .then()
        .statusCode(200)
        .body("user.twoFactorEnabled", equalTo(false));
    for (String kept : List.of("totp", "backup_codes", "backup_code", "api_token")) {
      assertThat(
              tables.count(
                  "select count(*) from %s where account_id = ?1".formatted(kept), stranger.id()))
          .as(kept)
          .isZero();
    }
  }

  @Test
  void aResetEndsPersonalTokensAndTheGatewaysHearOfIt() {
    Person ada = inbox.verified(Person.register());
    String token = makeToken(ada);
    forgot(ada.email());
    try (EventProbe revocations = EventProbe.on("auth.revocations.v1")) {
      reset(inbox.token(ada.email(), RESET), NEXT).then().statusCode(204);

      revocations.awaitMany("", 1, event -> event.key().equals("session:" + token));
    }
    assertThat(tables.count("select count(*) from api_token where account_id = ?1", ada.id()))
        .isZero();
  }

  @Test
  void lettersAreNotSentWithoutEndWhoeverTheyAreFor() {
    for (String email : List.of(Person.register().email(), Person.anyEmail())) {
      for (int i = 0; i < 5; i++) {
        forgot(email).then().statusCode(204);
      }
      forgot(email).then().statusCode(429).body("code", equalTo("too_many_attempts"));
    }
  }

  @Test
  void whoKnowsThePasswordChangesItAndOtherDevicesAreSignedOut() {
    Person ada = inbox.verified(Person.register());
    Person phone = ada.signInAgain();

    change(ada, "a wrong password", NEXT)
        .then()
        .statusCode(403)
        .body("code", equalTo("invalid_password"));
    change(ada, ada.password(), "short")
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/newPassword"));
    change(ada, ada.password(), NEXT).then().statusCode(204);

    Person.signIn(ada.email(), Person.PASSWORD).then().statusCode(401);
    Person.signIn(ada.email(), NEXT).then().statusCode(200);
    Person.refresh(phone.refreshToken()).then().statusCode(401);
    Person.refresh(ada.refreshToken()).then().statusCode(200);
    inbox.await(ada.email(), CHANGED);
  }

  @Test
  void noSignInWithTheOldPasswordSurvivesTheChangeThatRanBesideIt() {
    for (int round = 0; round < 5; round++) {
      Person ada = Person.register();

      List<Response> answers =
          AtOnce.run(
              List.of(
                  () -> change(ada, ada.password(), NEXT),
                  () -> Person.signIn(ada.email(), Person.PASSWORD),
                  () -> Person.signIn(ada.email(), Person.PASSWORD)));

      assertThat(answers.getFirst().statusCode()).isEqualTo(204);
      for (Response signIn : answers.subList(1, 3)) {
        if (signIn.statusCode() == 200) {
          Person.refresh(signIn.path("refreshToken")).then().statusCode(401);
        }
      }
    }
  }

  @Test
  void noLetterIsReadableWhileItWaits() {
    tables.change("update letter set due_at = due_at + interval '1 hour'");
    Person ada = Person.register();
    inbox.token(ada.email(), VERIFY);

    assertThat(tables.rows("select cast(l as text) from letter l").toString())
        .doesNotContain(ada.email());
    Awaitility.await()
        .until(
            () -> tables.count("select count(*) from letter where account_id = ?1", ada.id()) == 0);
  }

  private void turnOnTheSecondFactor(Person person) {
    Phone phone = new Phone(person.request().post("/api/auth/2fa/setup").path("secret"), clock);
    person
        .request()
        .body(Map.of("code", phone.code()))
        .post("/api/auth/2fa/enable")
        .then()
        .statusCode(200);
  }

  /** A token's id. */
  private static String makeToken(Person person) {
    return person
        .request()
        .body(Map.of("name", "x", "scopes", List.of("chat")))
        .post("/api/auth/tokens")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static Response verify(String token) {
    return Person.post("email/verify", Map.of("token", token));
  }

  private static Response forgot(String email) {
    return Person.post("password/forgot", Map.of("email", email));
  }

  private static Response reset(String token, String password) {
    return Person.post("password/reset", Map.of("token", token, "password", password));
  }

  private static Response change(Person person, String current, String next) {
    return person
        .request()
        .body(Map.of("currentPassword", current, "newPassword", next))
        .post("/api/auth/password/change");
  }
}
