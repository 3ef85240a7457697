package dev.autopilot.auth.signin;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import dev.autopilot.auth.AtOnce;
import dev.autopilot.auth.Person;
import dev.autopilot.auth.Tables;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithServers
class SignInTest {
  @Inject Tables tables;

  @Test
  void whoRegistersIsSignedIn() {
    String email = Person.anyEmail();
    Person.post(
            "register", Map.of("email", email, "password", Person.PASSWORD, "name", "  Ada King  "))
        .then()
        .statusCode(201)
        .body("tokenType", equalTo("Bearer"))
        .body("expiresIn", equalTo(600))
        .body("refreshToken", notNullValue())
        .body("user.email", equalTo(email))
        .body("user.name", equalTo("Ada King"))
        .body("user.roles", hasItem("user"))
        .body("user.emailVerified", equalTo(false))
        .body("user.twoFactorEnabled", equalTo(false))
        .body("user.createdAt", notNullValue());
  }

  @Test
  void anAccessTokenSaysAllThatRfc9068Asks() throws Exception {
    Person ada = Person.register();

    JwtClaims claims = claims(ada.accessToken());

    assertThat(claims.getIssuer()).isNotBlank();
    assertThat(claims.getAudience()).containsExactly("autopilot");
    assertThat(claims.getSubject()).isEqualTo(ada.id().toString());
    assertThat(claims.getJwtId()).isNotBlank();
    assertThat(claims.getStringClaimValue("sid")).isEqualTo(ada.sessionId().toString());
    assertThat(claims.getStringClaimValue("scope").split(" "))
        .contains("chat", "projects", "workflows", "integrations", "dashboard");
    assertThat(claims.getStringListClaimValue("amr")).containsExactly("pwd");
    assertThat(claims.getStringListClaimValue("roles")).contains("user");
    assertThat(claims.getStringClaimValue("typ")).isEqualTo("access");
    assertThat(claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue())
        .isEqualTo(600);
    JsonWebStructure token = JsonWebStructure.fromCompactSerialization(ada.accessToken());
    assertThat(token.getHeader("typ")).isEqualTo("at+jwt");
    assertThat(token.getAlgorithmHeaderValue()).isEqualTo("ES256");
    assertThat(token.getKeyIdHeaderValue()).isNotBlank();
  }

  @Test
  void theFirstOfAnEmptyInstallationIsItsAdministratorAndOnlyTheFirst() throws Exception {
    emptyTheInstallation();

    List<String> roles =
        AtOnce.run(
            6,
            () ->
                Person.post(
                        "register",
                        Map.of(
                            "email", Person.anyEmail(), "password", Person.PASSWORD, "name", "Ada"))
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("user.roles")
                    .toString());

    assertThat(roles).filteredOn(those -> those.contains("admin")).hasSize(1);
  }

  @Test
  void theAdministratorsLeavingOffersTheInstallationToNobody() {
    emptyTheInstallation();
    Person founder = Person.register();
    founder
        .request()
        .body(Map.of("password", founder.password()))
        .delete("/api/auth/me")
        .then()
        .statusCode(204);

    Person next = Person.register();

    next.request().get("/api/auth/me").then().body("roles", contains("user"));
  }

  @Test
  void anAddressHasOneAccountHoweverItIsWritten() {
    Person ada = Person.register();

    for (String variant :
        List.of(ada.email(), ada.email().toUpperCase(java.util.Locale.ROOT), " " + ada.email())) {
      Person.post("register", Map.of("email", variant, "password", Person.PASSWORD, "name", "Eve"))
          .then()
          .statusCode(org.hamcrest.Matchers.oneOf(409, 422));
    }
    Person.signIn(ada.email().toUpperCase(java.util.Locale.ROOT), ada.password())
        .then()
        .statusCode(200);
  }

  @Test
  void ofManyWhoRegisterOneAddressAtOnceOneSucceeds() {
    String email = Person.anyEmail();

    List<Integer> answers =
        AtOnce.run(
            8,
            () ->
                Person.post(
                        "register",
                        Map.of("email", email, "password", Person.PASSWORD, "name", "Ada"))
                    .statusCode());

    assertThat(answers).containsOnly(201, 409).filteredOn(status -> status == 201).hasSize(1);
  }

  @Test
  void aWrongPasswordAndAnUnknownAddressGetTheSameAnswer() {
    Person ada = Person.register();

    Response wrong = Person.signIn(ada.email(), "not the password");
    Response unknown = Person.signIn(Person.anyEmail(), "not the password");

    for (Response answer : List.of(wrong, unknown)) {
      answer
          .then()
          .statusCode(401)
          .contentType("application/problem+json")
          .body("code", equalTo("invalid_credentials"));
    }
    Map<String, Object> one = wrong.jsonPath().getMap("$");
    Map<String, Object> other = unknown.jsonPath().getMap("$");
    one.remove("requestId");
    other.remove("requestId");
    assertThat(one).isEqualTo(other);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"email\": \"no address\", \"password\": \"a long walk by the river\", \"name\": \"Ada\"}",
        "{\"email\": \"ada@example.org\", \"password\": \"short\", \"name\": \"Ada\"}",
        "{\"email\": \"ada@example.org\", \"password\": \"password1\", \"name\": \"Ada\"}",
        "{\"email\": \"ada@example.org\", \"password\": \"a long walk by the river\", \"name\": \" \"}",
        "{\"email\": \"ada@example.org\", \"password\": \"a long walk by the river\"}",
        "{\"email\": \"ada@example.org\", \"password\": 12345678, \"name\": \"Ada\"}",
        "{\"email\": \"ada@example.org\", \"password\": \"a long walk by the river\", \"name\": \"Ada\", \"role\": \"admin\"}"
      })
  void whatIsNotAllowedIsRefusedWithItsPointer(String body) {
    given()
        .contentType(ContentType.JSON)
        .body(body)
        .post("/api/auth/register")
        .then()
        .statusCode(422)
        .body("code", equalTo("validation_failed"))
        .body("errors[0].pointer", notNullValue());
  }

  @Test
  void aPasswordIsNeitherStoredNorItsPlainHash() {
    Person ada = Person.register();

    String stored = hashOf(ada);

    assertThat(stored).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
  }

  @Test
  void aHashOfLessCostIsReplacedAtTheNextSignIn() {
    Person ada = Person.register();
    // "password" with 256 KiB, from the test suite of the reference implementation.
    tables.change(
        "update password set hash = ?1 where account_id = ?2",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        ada.id());

    Person.signIn(ada.email(), "password").then().statusCode(200);

    assertThat(hashOf(ada)).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    Person.signIn(ada.email(), "password").then().statusCode(200);
  }

  private String hashOf(Person person) {
    return (String) tables.value("select hash from password where account_id = ?1", person.id());
  }

  private void emptyTheInstallation() {
    tables.change("truncate account, founding cascade");
  }

  private static JwtClaims claims(String token) throws Exception {
    return new JwtConsumerBuilder()
        .setSkipAllValidators()
        .setSkipSignatureVerification()
        .setDisableRequireSignature()
        .build()
        .processToClaims(token);
  }
}
