package dev.autopilot.auth.recovery;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.autopilot.auth.MovableClock;
import dev.autopilot.auth.Person;
import dev.autopilot.auth.Tables;
import dev.autopilot.auth.factor.Phone;
import dev.autopilot.auth.mail.Inbox;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
@TestProfile(StrictInstallation.class)
class VerificationRequiredTest {
  private static final String ADMIN = StrictInstallation.ADMIN;
  private static final String VERIFY = "Verify your address";
  private static final String RESET = "Set another password";
  private static final String NEXT = "another walk by the river";

  @Inject Inbox inbox;
  @Inject MovableClock clock;
  @Inject Tables tables;

  @BeforeEach
  void startOver() {
    tables.change("truncate attempt");
    tables.change("delete from account where email_key = ?1", ADMIN);
    inbox.empty();
  }

  @Test
  void nobodyComesInBeforeTheirAddressWasVerified() {
    String email = Person.anyEmail();
    register(email)
        .then()
        .statusCode(202)
        .body("$", not(hasKey("accessToken")))
        .body("user.email", equalTo(email));
    Person.signIn(email, Person.PASSWORD)
        .then()
        .statusCode(403)
        .body("code", equalTo("email_not_verified"));
    Person.signIn(email, "a wrong password")
        .then()
        .statusCode(401)
        .body("code", equalTo("invalid_credentials"));

    Person.post("email/verify", Map.of("token", inbox.token(email, VERIFY))).then().statusCode(204);

    Person.signIn(email, Person.PASSWORD).then().statusCode(200);
  }

  @Test
  void theNamedAdministratorIsOneOnlyOnceMailboxAndAccountAreProvedToBeOnePersons() {
    register(ADMIN).then().statusCode(202).body("user.roles", contains("user"));
    String link = inbox.token(ADMIN, VERIFY);

    // Its owner follows the link, whoever it was that registered the address.
    verify(given(), link).then().statusCode(204);
    String somebody = Person.signIn(ADMIN, Person.PASSWORD).path("accessToken");
    roles(somebody).body("emailVerified", equalTo(true)).body("roles", contains("user"));
    verify(given().auth().oauth2(anotherPerson()), link).then().statusCode(204);
    verify(given().auth().oauth2("garbage"), link).then().statusCode(204);
    roles(somebody).body("roles", contains("user"));

    verify(given().auth().oauth2(somebody), link).then().statusCode(204);

    roles(somebody).body("roles", hasItem("admin"));
    verify(given().auth().oauth2(somebody), link).then().statusCode(400);
  }

  @Test
  void aResetProvesBothAtOnce() {
    register(ADMIN).then().statusCode(202);
    Person.post("password/forgot", Map.of("email", ADMIN)).then().statusCode(204);

    reset(inbox.token(ADMIN, RESET)).then().statusCode(204);

    roles(Person.signIn(ADMIN, NEXT).path("accessToken")).body("roles", hasItem("admin"));
  }

  @Test
  void aSecondFactorOfWhoeverRegisteredTheAdministratorsAddressGoesWithTheReset() {
    register(ADMIN).then().statusCode(202);
    // Its owner follows the link, which says nothing of whoever it was that registered the address.
    verify(given(), inbox.token(ADMIN, VERIFY)).then().statusCode(204);
    turnOnTheSecondFactor(Person.signIn(ADMIN, Person.PASSWORD).path("accessToken"));
    Person.post("password/forgot", Map.of("email", ADMIN)).then().statusCode(204);

    reset(inbox.token(ADMIN, RESET)).then().statusCode(204);

    Response owner = Person.signIn(ADMIN, NEXT);
    owner.then().statusCode(200).body("user.twoFactorEnabled", equalTo(false));
    roles(owner.path("accessToken")).body("roles", hasItem("admin"));
  }

  @Test
  void theAdministratorsOwnSecondFactorSurvivesTheReset() {
    register(ADMIN).then().statusCode(202);
    String link = inbox.token(ADMIN, VERIFY);
    verify(given(), link).then().statusCode(204);
    String admin = Person.signIn(ADMIN, Person.PASSWORD).path("accessToken");
    verify(given().auth().oauth2(admin), link).then().statusCode(204);
    turnOnTheSecondFactor(admin);
    Person.post("password/forgot", Map.of("email", ADMIN)).then().statusCode(204);

    reset(inbox.token(ADMIN, RESET)).then().statusCode(204);

    Person.signIn(ADMIN, NEXT).then().statusCode(401).body("code", equalTo("two_factor_required"));
  }

  @Test
  void theAdministratorGetsAnotherLinkUntilTheyAreOne() {
    register(ADMIN).then().statusCode(202);
    verify(given(), inbox.token(ADMIN, VERIFY)).then().statusCode(204);
    String admin = Person.signIn(ADMIN, Person.PASSWORD).path("accessToken");
    inbox.empty();

    given().auth().oauth2(admin).post("/api/auth/email/verify/resend").then().statusCode(204);

    verify(given().auth().oauth2(admin), inbox.token(ADMIN, VERIFY)).then().statusCode(204);
    roles(admin).body("roles", hasItem("admin"));
  }

  private void turnOnTheSecondFactor(String accessToken) {
    Phone phone =
        new Phone(
            given().auth().oauth2(accessToken).post("/api/auth/2fa/setup").path("secret"), clock);
    given()
        .auth()
        .oauth2(accessToken)
        .contentType(ContentType.JSON)
        .body(Map.of("code", phone.code()))
        .post("/api/auth/2fa/enable")
        .then()
        .statusCode(200);
  }

  private static Response reset(String token) {
    return Person.post("password/reset", Map.of("token", token, "password", NEXT));
  }

  private static Response verify(RequestSpecification somebody, String token) {
    return somebody
        .contentType(ContentType.JSON)
        .body(Map.of("token", token))
        .post("/api/auth/email/verify");
  }

  private static ValidatableResponse roles(String accessToken) {
    return given().auth().oauth2(accessToken).get("/api/auth/me").then().statusCode(200);
  }

  private String anotherPerson() {
    String email = Person.anyEmail();
    register(email).then().statusCode(202);
    verify(given(), inbox.token(email, VERIFY)).then().statusCode(204);
    return Person.signIn(email, Person.PASSWORD).path("accessToken");
  }

  private static Response register(String email) {
    return Person.post(
        "register", Map.of("email", email, "password", Person.PASSWORD, "name", "Ada"));
  }
}
