package dev.autopilot.auth.factor;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.auth.MovableClock;
import dev.autopilot.auth.Person;
import dev.autopilot.auth.mail.Inbox;
import dev.autopilot.auth.recovery.StrictInstallation;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
@TestProfile(StrictInstallation.class)
class SecondFactorRequiredTest {
  @Inject Inbox inbox;
  @Inject MovableClock clock;

  @AfterEach
  void present() {
    clock.reset();
  }

  @Test
  void whoHasNoSecondFactorMaySetOneUpAndNothingElse() {
    JsonPath device = signInForTheFirstTime();
    assertThat(scopeOf(device.getString("accessToken"))).isEmpty();
    personalToken(device).then().statusCode(422);

    String secret = as(device).post("/api/auth/2fa/setup").path("secret");
    as(device)
        .body(Map.of("code", new Phone(secret, clock).code()))
        .post("/api/auth/2fa/enable")
        .then()
        .statusCode(200);

    JsonPath refreshed = Person.refresh(device.getString("refreshToken")).jsonPath();
    assertThat(scopeOf(refreshed.getString("accessToken"))).contains("projects");
    personalToken(refreshed).then().statusCode(201);
  }

  private JsonPath signInForTheFirstTime() {
    String email = Person.anyEmail();
    Person.post("register", Map.of("email", email, "password", Person.PASSWORD, "name", "Ada"));
    Person.post("email/verify", Map.of("token", inbox.token(email, "Verify your address")));
    return Person.signIn(email, Person.PASSWORD).then().statusCode(200).extract().jsonPath();
  }

  private static Response personalToken(JsonPath device) {
    return as(device)
        .body(Map.of("name", "a program", "scopes", List.of("projects")))
        .post("/api/auth/tokens");
  }

  private static RequestSpecification as(JsonPath device) {
    return given().auth().oauth2(device.getString("accessToken")).contentType(ContentType.JSON);
  }

  private static String scopeOf(String accessToken) {
    String claims = accessToken.split("\\.", -1)[1];
    return JsonPath.from(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8))
        .getString("scope");
  }
}
