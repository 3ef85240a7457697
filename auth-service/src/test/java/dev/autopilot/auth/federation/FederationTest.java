package dev.autopilot.auth.federation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.autopilot.auth.AtOnce;
import dev.autopilot.auth.MovableClock;
import dev.autopilot.auth.Person;
import dev.autopilot.auth.Tables;
import dev.autopilot.auth.factor.Phone;
import dev.autopilot.auth.mail.Inbox;
import dev.autopilot.auth.secret.OpaqueToken;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithServers
@TestProfile(FederationTest.WithKeycloak.class)
class FederationTest {
  private static final String CONSOLE = "http://gateway.test/app/";

  /** An installation at which people may sign in with a Keycloak; its administrator is named. */
  public static class WithKeycloak implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("autopilot.auth.accounts.admin-email", "chief@example.org");
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(KeycloakForTests.class));
    }
  }

  @Inject Tables tables;
  @Inject Inbox inbox;
  @Inject MovableClock clock;

  @BeforeEach
  @AfterEach
  void startOver() {
    clock.reset();
    tables.change("truncate attempt");
  }

  @Test
  void thePlacesToSignInAtAreListed() {
    given()
        .get("/api/auth/oidc/providers")
        .then()
        .statusCode(200)
        .body("items.name", contains("keycloak"))
        .body("items[0].title", equalTo("Keycloak"))
        .body("items[0].loginUrl", equalTo("http://gateway.test/api/auth/oidc/keycloak/login"));
  }

  @Test
  void aNewcomerGetsAnAccountAndASessionInCookies() throws Exception {
    try (EventProbe events = EventProbe.on("auth.events.v1")) {
      Visitor grace = new Visitor();

      Response landed = grace.signIn("newcomer");

      landed.then().statusCode(303).header("Location", CONSOLE);
      assertThat(landed.detailedCookie("autopilot_access").isHttpOnly()).isTrue();
      grace
          .signedIn()
          .get("/api/auth/me")
          .then()
          .statusCode(200)
          .body("email", equalTo("newcomer@example.org"))
          .body("name", equalTo("Grace Hopper"))
          .body("emailVerified", equalTo(true));
      assertThat(amr(grace.accessToken())).containsExactly("fed");
      String id = grace.signedIn().get("/api/auth/me").path("id");
      events.await("auth.user.registered", event -> event.key().equals(id));
      EventProbe.Event signedIn =
          events.await("auth.user.signed_in", event -> id.equals(event.attributes().get("userid")));
      assertThat(signedIn.data().get("method").asText()).isEqualTo("oidc:keycloak");
    }
  }

  @Test
  void theNamedAdministratorIsOneAtOnceSinceTheAddressIsProved() {
    Visitor chief = new Visitor();

    chief.signIn("chief").then().statusCode(303);

    chief.signedIn().get("/api/auth/me").then().body("roles", hasItem("admin"));
  }

  @Test
  void whoComesAgainIsTheSamePerson() {
    Visitor first = new Visitor();
    first.signIn("regular").then().statusCode(303);
    Visitor again = new Visitor();
    again.signIn("regular", "?returnTo=/app/projects?all=1").then().statusCode(303);

    assertThat(again.signedIn().get("/api/auth/me").<String>path("id"))
        .isEqualTo(first.signedIn().get("/api/auth/me").path("id"));
  }

  @Test
  void theBrowserComesBackToThePageThatItLeft() {
    new Visitor()
        .signIn("regular", "?returnTo=/app/projects?all=1")
        .then()
        .header("Location", "http://gateway.test/app/projects?all=1");
  }

  @Test
  void anAddressVerifiedOnBothSidesLeadsToTheAccountThatIsThereAlready() {
    Person linked = Person.register("linked@example.org");
    Person.post("email/verify", Map.of("token", inbox.token(linked.email(), "Verify your address")))
        .then()
        .statusCode(204);
    Visitor grace = new Visitor();

    grace.signIn("linked").then().statusCode(303).header("Location", CONSOLE);

    grace.signedIn().get("/api/auth/me").then().body("id", equalTo(linked.id().toString()));
    Person.signIn(linked.email(), linked.password()).then().statusCode(200);
    inbox.await(linked.email(), "Another way into your account");
  }

  @Test
  void anAddressThatTheProviderDoesNotVouchForLeadsNowhere() {
    Person somebodyElse = Person.register("unverified@example.org");
    Person.post(
        "email/verify", Map.of("token", inbox.token(somebodyElse.email(), "Verify your address")));
    Visitor mallory = new Visitor();

    mallory
        .signIn("unverified")
        .then()
        .statusCode(403)
        .contentType("application/problem+json")
        .body("code", equalTo("oidc_email_unverified"))
        .body("$", not(hasKey("accessToken")));

    assertThat(mallory.isSignedIn()).isFalse();
    assertThat(identitiesOf(somebodyElse.email())).isZero();
  }

  @Test
  void anAccountThatSomebodyMadeWithAnotherPersonsAddressIsNotSharedWithThem() {
    Person squatter = Person.register("squatted@example.org");

    new Visitor()
        .signIn("squatted")
        .then()
        .statusCode(409)
        .body("code", equalTo("oidc_account_unverified"));

    assertThat(identitiesOf(squatter.email())).isZero();
  }

  @Test
  void somebodyElseWhoGotTheAddressAtTheProviderDoesNotGetTheAccount() {
    new Visitor().signIn("replaced").then().statusCode(303);
    tables.change(
        "update federated_identity set subject = 'whoever had it before' where account_id = (select id from account where email_key = 'replaced@example.org')");

    new Visitor()
        .signIn("replaced")
        .then()
        .statusCode(409)
        .body("code", equalTo("oidc_account_linked"));
  }

  @Test
  void theSecondFactorIsAskedForAllTheSame() throws Exception {
    Visitor grace = new Visitor();
    grace.signIn("protected");
    Phone phone = new Phone(grace.signedIn().post("/api/auth/2fa/setup").path("secret"), clock);
    grace
        .signedIn()
        .body(Map.of("code", phone.code()))
        .post("/api/auth/2fa/enable")
        .then()
        .statusCode(200);
    clock.advance(Duration.ofMinutes(1));
    Visitor later = new Visitor();

    Response landed = later.signIn("protected");

    landed.then().statusCode(303).header("Location", startsWith(CONSOLE + "#ticket="));
    assertThat(later.isSignedIn()).isFalse();
    String ticket = landed.header("Location").split("#ticket=")[1];
    later
        .collect(Map.of("ticket", ticket))
        .then()
        .statusCode(401)
        .body("code", equalTo("two_factor_required"));
    later
        .collect(Map.of("ticket", ticket, "code", "000000"))
        .then()
        .statusCode(401)
        .body("code", equalTo("invalid_code"));
    new Visitor()
        .collect(Map.of("ticket", ticket, "code", phone.code()))
        .then()
        .statusCode(400)
        .body("code", equalTo("oidc_ticket_invalid"));
    later
        .collect(Map.of("ticket", ticket, "code", phone.code(), "session", "cookie"))
        .then()
        .statusCode(200)
        .body("$", hasKey("csrfToken"));
    assertThat(amr(later.accessToken())).containsExactly("fed", "otp", "mfa");
    clock.advance(Duration.ofMinutes(1));
    later.collect(Map.of("ticket", ticket, "code", phone.code())).then().statusCode(400);
  }

  @Test
  void guessesAtTheSecondFactorAreCountedWithThoseAtTheOwnDoor() {
    Visitor grace = new Visitor();
    grace.signIn("browserless");
    Phone phone = new Phone(grace.signedIn().post("/api/auth/2fa/setup").path("secret"), clock);
    grace.signedIn().body(Map.of("code", phone.code())).post("/api/auth/2fa/enable");
    clock.advance(Duration.ofMinutes(1));
    Visitor thief = new Visitor();
    String ticket = thief.signIn("browserless").header("Location").split("#ticket=")[1];
    for (int i = 0; i < 10; i++) {
      thief.collect(Map.of("ticket", ticket, "code", "00000" + i)).then().statusCode(401);
    }

    thief
        .collect(Map.of("ticket", ticket, "code", phone.code()))
        .then()
        .statusCode(429)
        .body("code", equalTo("too_many_attempts"));
  }

  @Test
  void aProgramCollectsItsTokensWithItsVerifier() {
    String verifier = OpaqueToken.random().value();
    String challenge = OpaqueToken.of(new OpaqueToken(verifier).hash()).value();
    String query = "?redirectUri=http://127.0.0.1:53123/done&codeChallenge=" + challenge;
    Visitor grace = new Visitor();

    Response landed = grace.signIn("program", query);

    landed
        .then()
        .statusCode(303)
        .header("Location", startsWith("http://127.0.0.1:53123/done?ticket="));
    assertThat(grace.isSignedIn()).isFalse();
    String ticket = landed.header("Location").split("ticket=")[1];
    Visitor program = new Visitor();
    program
        .collect(Map.of("ticket", ticket, "verifier", OpaqueToken.random().value()))
        .then()
        .statusCode(400);
    grace.collect(Map.of("ticket", ticket)).then().statusCode(400);
    program
        .collect(Map.of("ticket", ticket, "verifier", verifier))
        .then()
        .statusCode(200)
        .body("tokenType", equalTo("Bearer"))
        .body("user.email", equalTo("program@example.org"));
    program.collect(Map.of("ticket", ticket, "verifier", verifier)).then().statusCode(400);
  }

  @Test
  void aStateIsGoodOnceAndOnlyInTheBrowserInWhichItBegan() {
    Visitor grace = new Visitor();
    URI callback = grace.signInThere(grace.begin(""), "regular");

    new Visitor()
        .comeBack(callback)
        .then()
        .statusCode(400)
        .body("code", equalTo("oidc_state_invalid"));
    Visitor mallory = new Visitor();
    mallory.begin("");
    mallory.comeBack(callback).then().statusCode(400);
    grace.comeBack(callback).then().statusCode(303);
    grace.comeBack(callback).then().statusCode(400).body("code", equalTo("oidc_state_invalid"));
  }

  @Test
  void aSignInThatTakesTooLongIsBegunAnew() {
    Visitor grace = new Visitor();
    URI callback = grace.signInThere(grace.begin(""), "regular");
    clock.advance(Duration.ofMinutes(11));

    grace.comeBack(callback).then().statusCode(400).body("code", equalTo("oidc_state_invalid"));
  }

  @Test
  void theCodeOfAnotherSignInIsWorthNothing() {
    Visitor grace = new Visitor();
    URI stolen = grace.signInThere(grace.begin(""), "regular");
    Visitor mallory = new Visitor();
    String state = parameter(mallory.begin(""), "state");

    mallory
        .comeBack(URI.create(stolen.toString().replaceAll("state=[^&]+", "state=" + state)))
        .then()
        .statusCode(502)
        .body("code", equalTo("oidc_answer_invalid"));
  }

  @Test
  void whoIsTurnedAwayThereIsTurnedAwayHere() {
    Visitor grace = new Visitor();
    String state = parameter(grace.begin(""), "state");
    URI denied = denied(state);
    grace.comeBack(denied).then().statusCode(403).body("code", equalTo("oidc_denied"));

    URI again = denied(parameter(grace.begin("?returnTo=/app/sign-in"), "state"));
    grace
        .comeBack(again, "text/html,application/xhtml+xml")
        .then()
        .statusCode(303)
        .header("Location", "http://gateway.test/app/sign-in#problem=oidc_denied");
  }

  @Test
  void anAccountWithoutAPasswordIsErasedByWhoeverHasJustSignedIn() {
    Visitor grace = new Visitor();
    grace.signIn("leaver");
    clock.advance(Duration.ofMinutes(9));
    String refresh = grace.refreshToken();
    clock.advance(Duration.ofMinutes(2));
    String access = Person.refresh(refresh).path("accessToken");
    given()
        .auth()
        .oauth2(access)
        .contentType("application/json")
        .body("{}")
        .delete("/api/auth/me")
        .then()
        .statusCode(403)
        .body("code", equalTo("fresh_sign_in_required"));

    grace.signIn("leaver");
    grace.signedIn().body("{}").delete("/api/auth/me").then().statusCode(204);

    assertThat(identitiesOf("leaver@example.org")).isZero();
    assertThat(tables.count("select count(*) from account where email_key = 'leaver@example.org'"))
        .isZero();
  }

  @Test
  void whoComesForTheFirstTimeTwiceAtOnceGetsOneAccount() {
    Visitor one = new Visitor();
    Visitor other = new Visitor();
    URI first = one.signInThere(one.begin(""), "quick");
    URI second = other.signInThere(other.begin(""), "quick");

    List<Integer> answers =
        AtOnce.run(
            List.of(
                () -> one.comeBack(first).statusCode(), () -> other.comeBack(second).statusCode()));

    assertThat(answers).containsExactly(303, 303);
    assertThat(one.signedIn().get("/api/auth/me").<String>path("id"))
        .isEqualTo(other.signedIn().get("/api/auth/me").path("id"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?returnTo=https://evil.example/",
        "?returnTo=//evil.example/",
        "?returnTo=app",
        "?returnTo=/%5Cevil.example",
        "?redirectUri=http://127.0.0.1:1/",
        "?codeChallenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "?redirectUri=https://evil.example/&codeChallenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "?redirectUri=http://localhost@evil.example/&codeChallenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "?redirectUri=http://localhost:1/&codeChallenge=plain"
      })
  void nobodyIsLedAstray(String query) {
    given()
        .redirects()
        .follow(false)
        .urlEncodingEnabled(false)
        .get("/api/auth/oidc/keycloak/login" + query)
        .then()
        .statusCode(422)
        .body("code", equalTo("validation_failed"));
  }

  @Test
  void aProviderThatNobodyConfiguredIsNotFound() {
    for (String call : List.of("login", "callback?code=x&state=y")) {
      given()
          .get("/api/auth/oidc/facebook/" + call)
          .then()
          .statusCode(404)
          .body("code", equalTo("oidc_provider_not_found"));
    }
  }

  private int identitiesOf(String email) {
    return tables.count(
        "select count(*) from federated_identity i join account a on a.id = i.account_id where a.email_key = ?1",
        email);
  }

  private static URI denied(String state) {
    return URI.create(
        "http://gateway.test/api/auth/oidc/keycloak/callback?error=access_denied&state=" + state);
  }

  private static String parameter(URI address, String name) {
    for (String pair : address.getRawQuery().split("&")) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    throw new AssertionError(address + " has no " + name);
  }

  private static List<String> amr(String token) throws Exception {
    return new JwtConsumerBuilder()
        .setSkipAllValidators()
        .setSkipSignatureVerification()
        .setDisableRequireSignature()
        .build()
        .processToClaims(token)
        .getStringListClaimValue("amr");
  }
}
