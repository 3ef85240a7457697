package dev.autopilot.auth.exchange;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.autopilot.auth.MovableClock;
import dev.autopilot.auth.Person;
import dev.autopilot.auth.Tables;
import dev.autopilot.kernel.identity.AccessToken;
import dev.autopilot.kernel.identity.TokenVerifier;
import dev.autopilot.kernel.start.MasterKey;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class TokenExchangeTest {
  private static final String PERSONAL =
      "urn:autopilot:params:oauth:token-type:personal-access-token";
  private static final String USER_ID = "urn:autopilot:params:oauth:token-type:user-id";

  @Inject MasterKey master;
  @Inject TokenVerifier verifier;
  @Inject MovableClock clock;
  @Inject Tables tables;

  @AfterEach
  void present() {
    clock.reset();
  }

  @Test
  void aPersonalTokenBecomesAShortAccessTokenOfItsOwnerAndItsScopes() throws Exception {
    Person ada = Person.register();
    String id = make(ada, null, "projects", "chat:read").path("id");
    String personal = make(ada, null, "projects", "chat:read").path("token");

    Response answer = exchange("gateway", personal, PERSONAL, null);

    answer
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("token_type", equalTo("Bearer"))
        .body("issued_token_type", equalTo("urn:ietf:params:oauth:token-type:access_token"))
        .body("expires_in", equalTo(300))
        .body("scope", equalTo("chat:read projects"));
    AccessToken token = verifier.verify(answer.path("access_token"));
    assertThat(token.userId()).isEqualTo(ada.id());
    assertThat(token.scopes()).containsExactlyInAnyOrder("projects", "chat:read");
    assertThat(token.roles()).containsExactly("user");
    assertThat(token.sessionId())
        .as("what it is revoked by")
        .isNotNull()
        .isNotEqualTo(UUID.fromString(id));
    assertThat(Duration.between(token.issuedAt(), token.expiresAt()))
        .isEqualTo(Duration.ofMinutes(5));
    assertThat(token.claims().getStringListClaimValue("amr")).containsExactly("pat");
  }

  @Test
  void whatItIsExchangedForDoesNotOutliveIt() throws Exception {
    Person ada = Person.register();
    Instant end = Instant.now().plus(Duration.ofMinutes(2)).truncatedTo(ChronoUnit.SECONDS);
    String personal = make(ada, end.toString(), "chat").path("token");

    Response answer = exchange("gateway", personal, PERSONAL, null);

    answer
        .then()
        .statusCode(200)
        .body("expires_in", both(greaterThan(60)).and(lessThanOrEqualTo(120)));
    assertThat(verifier.verify(answer.path("access_token")).expiresAt()).isEqualTo(end);
  }

  @Test
  void itsUseIsNotedForItsOwner() {
    Person ada = Person.register();
    String personal = make(ada, null, "chat").path("token");

    exchange("gateway", personal, PERSONAL, null).then().statusCode(200);

    ada.request().get("/api/auth/tokens").then().body("items[0].lastUsedAt", notNullValue());
  }

  @Test
  void itMayBeNarrowedButNotWidened() {
    Person ada = Person.register();
    String personal = make(ada, null, "projects", "chat").path("token");

    exchange("gateway", personal, PERSONAL, "projects:read")
        .then()
        .statusCode(200)
        .body("scope", equalTo("projects:read"));
    exchange("gateway", personal, PERSONAL, "projects dashboard")
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_scope"));
  }

  @Test
  void aTokenThatIsUnknownMisspeltRevokedOrExpiredIsNoGrant() {
    Person ada = Person.register();
    String revoked = make(ada, null, "chat").path("token");
    String id = ada.request().get("/api/auth/tokens").path("items[0].id");
    ada.request().delete("/api/auth/tokens/" + id).then().statusCode(204);
    String expired =
        make(ada, Instant.now().plus(Duration.ofHours(1)).toString(), "chat").path("token");
    String misspelt = expired.substring(0, 20) + "x" + expired.substring(21);
    clock.advance(Duration.ofHours(2));

    for (String presented : List.of(revoked, expired, misspelt, "ap_", "made up")) {
      exchange("gateway", presented, PERSONAL, null)
          .then()
          .statusCode(400)
          .body("error", equalTo("invalid_grant"))
          .body("error_description", notNullValue());
    }
  }

  @Test
  void whatItWasExchangedForCannotTouchTheAccount() {
    Person ada = Person.register();
    String personal = make(ada, null, "chat").path("token");
    String access = exchange("gateway", personal, PERSONAL, null).path("access_token");

    given().auth().oauth2(access).get("/api/auth/me").then().statusCode(200);
    given()
        .auth()
        .oauth2(access)
        .get("/api/auth/sessions")
        .then()
        .statusCode(403)
        .body("code", equalTo("session_required"));
    given().auth().oauth2(access).get("/api/auth/tokens").then().statusCode(403);
    given()
        .auth()
        .oauth2(access)
        .contentType("application/json")
        .body(Map.of("password", ada.password()))
        .delete("/api/auth/me")
        .then()
        .statusCode(403);
  }

  @Test
  void aServiceGetsANarrowTokenForSomebodyWhoIsNotThereAndThatIsNoted() throws Exception {
    Person ada = Person.register();

    Response answer = exchange("workflow", ada.id().toString(), USER_ID, "projects chat:read");

    AccessToken token =
        verifier.verify(answer.then().statusCode(200).extract().path("access_token"));
    assertThat(token.userId()).isEqualTo(ada.id());
    assertThat(token.sessionId()).isNull();
    assertThat(token.roles()).containsExactly("user");
    assertThat(token.scopes()).containsExactlyInAnyOrder("projects", "chat:read");
    assertThat(token.claims().getClaimValue("act")).isEqualTo(Map.of("sub", "workflow"));
    assertThat(
            tables.rows(
                "select service, scopes from exchange_log where account_id = ?1 and jti = ?2",
                ada.id(),
                UUID.fromString(token.claims().getJwtId())))
        .hasSize(1)
        .first()
        .isEqualTo(new Object[] {"workflow", "chat:read projects"});
  }

  @Test
  void aServiceIsToldWhatItMayNotDo() {
    Person ada = Person.register();
    String id = ada.id().toString();
    String personal = make(ada, null, "chat").path("token");

    refused(exchange("workflow", id, USER_ID, null), "invalid_scope");
    refused(exchange("workflow", id, USER_ID, "admin"), "invalid_scope");
    refused(exchange("workflow", UUID.randomUUID().toString(), USER_ID, "chat"), "invalid_grant");
    refused(exchange("workflow", "ada", USER_ID, "chat"), "invalid_request");
    refused(exchange("projects", id, USER_ID, "chat"), "unauthorized_client");
    refused(exchange("gateway", id, USER_ID, "chat"), "unauthorized_client");
    refused(exchange("workflow", personal, PERSONAL, null), "unauthorized_client");
    refused(exchange("workflow", id, "urn:something:else", "chat"), "invalid_request");
    refused(
        service("workflow").formParam("grant_type", "password").post("/internal/token"),
        "unsupported_grant_type");
  }

  @Test
  void nobodyWithoutAServicesCredentialIsAnswered() {
    given()
        .formParam("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
        .post("/internal/token")
        .then()
        .statusCode(401);
    Person.register()
        .request()
        .contentType("application/x-www-form-urlencoded")
        .post("/internal/token")
        .then()
        .statusCode(401);
  }

  private Response exchange(String service, String subject, String type, @Nullable String scope) {
    var request =
        service(service)
            .formParam("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
            .formParam("subject_token", subject)
            .formParam("subject_token_type", type);
    return (scope == null ? request : request.formParam("scope", scope)).post("/internal/token");
  }

  private io.restassured.specification.RequestSpecification service(String name) {
    return given().auth().preemptive().basic(name, master.serviceSecret(name));
  }

  private static void refused(Response answer, String error) {
    answer.then().statusCode(400).body("error", equalTo(error));
  }

  private static Response make(Person person, @Nullable String expiresAt, String... scopes) {
    Map<String, Object> body = new java.util.HashMap<>();
    body.put("name", "x");
    body.put("scopes", List.of(scopes));
    if (expiresAt != null) {
      body.put("expiresAt", expiresAt);
    }
    return person.request().body(body).post("/api/auth/tokens");
  }
}
