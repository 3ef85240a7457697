package dev.autopilot.auth.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.autopilot.auth.Person;
import dev.autopilot.auth.mail.Inbox;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
@TestProfile(StrictInstallation.class)
class VerificationRequiredTest {
  private static final String ADMIN = StrictInstallation.ADMIN;

  @Inject Inbox inbox;

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

    Person.post("email/verify", Map.of("token", inbox.token(email, "Verify your address")))
        .then()
        .statusCode(204);

    Person.signIn(email, Person.PASSWORD).then().statusCode(200);
  }

  @Test
  void theNamedAdministratorIsOneOnlyOnceTheAddressIsProvedToBeTheirs() {
    register(ADMIN).then().statusCode(202).body("user.roles", contains("user"));

    Person.post("email/verify", Map.of("token", inbox.token(ADMIN, "Verify your address")));

    assertThat(Person.signIn(ADMIN, Person.PASSWORD).jsonPath().getList("user.roles"))
        .contains("admin");
  }

  private static io.restassured.response.Response register(String email) {
    return Person.post(
        "register", Map.of("email", email, "password", Person.PASSWORD, "name", "Ada"));
  }
}
