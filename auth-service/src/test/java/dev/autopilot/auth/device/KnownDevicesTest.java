package dev.autopilot.auth.device;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.auth.Person;
import dev.autopilot.auth.Tables;
import dev.autopilot.auth.mail.Inbox;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class KnownDevicesTest {
  private static final String NOTICE = "Your account was used on a new device";
  private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0";
  private static final String LATER_FIREFOX =
      "Mozilla/5.0 (X11; Linux x86_64; rv:141.0.2) Firefox/141.0.2";
  private static final String CHROME = "Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0.0.0";
  private static final String HOME = "203.0.113.7";

  @Inject Inbox inbox;
  @Inject Tables tables;

  @BeforeEach
  void startOver() {
    inbox.empty();
    tables.change("truncate attempt");
  }

  @Test
  void aSignInWithAnotherBrowserIsToldByLetter() {
    Person ada = inbox.verified(Person.register());

    signIn(ada, CHROME, HOME);

    assertThat(inbox.await(ada.email(), NOTICE).getText())
        .contains("From: " + HOME + ", with " + CHROME)
        .contains("If it wasn't you");
  }

  @Test
  void soIsOneFromAnotherNetwork() {
    Person ada = inbox.verified(Person.register());
    signIn(ada, FIREFOX, HOME);
    inbox.await(ada.email(), NOTICE);
    inbox.empty();

    signIn(ada, FIREFOX, "198.51.100.20");

    assertThat(inbox.await(ada.email(), NOTICE).getText()).contains("198.51.100.20");
  }

  @Test
  void aDeviceThatIsKnownIsNoNewsNorIsItsNextVersion() {
    Person ada = inbox.verified(Person.register());
    signIn(ada, FIREFOX, HOME);
    inbox.await(ada.email(), NOTICE);

    signIn(ada, FIREFOX, HOME);
    signIn(ada, LATER_FIREFOX, "203.0.113.99");

    assertThat(knownDevicesOf(ada)).isEqualTo(2); // the first of the account, and Firefox at home
  }

  @Test
  void theFirstOfAnAccountIsNoNewsEither() {
    Person ada = Person.register();
    ada.signInAgain();

    assertThat(knownDevicesOf(ada)).isEqualTo(1);
    assertThat(lettersOf(ada))
        .as("only the letter that asks to verify the address")
        .isLessThanOrEqualTo(1);
  }

  @Test
  void nobodyIsWrittenToWhoseAddressWasNeverVerified() {
    Person stranger = Person.register();
    inbox.await(stranger.email(), "Verify your address");

    signIn(stranger, "buy at example.com", HOME);

    assertThat(lettersOf(stranger)).isEqualTo(1);
  }

  @Test
  void noticesHaveABoundOfTheirOwn() {
    Person ada = inbox.verified(Person.register());
    for (int i = 0; i < 5; i++) {
      Person.post("password/forgot", Map.of("email", ada.email())).then().statusCode(204);
    }

    for (int i = 0; i < 10; i++) {
      signIn(ada, "Browser " + "ABCDEFGHIJ".charAt(i), HOME);
    }

    Awaitility.await()
        .until(
            () -> tables.count("select count(*) from letter where account_id = ?1", ada.id()) == 0);
    assertThat(inbox.subjectsTo(ada.email())).filteredOn(NOTICE::equals).hasSize(5);
  }

  @Test
  void manyNewDevicesSilenceNoOtherNotice() {
    Person ada = inbox.verified(Person.register());
    for (int i = 0; i < 6; i++) {
      signIn(ada, "Browser " + "ABCDEF".charAt(i), HOME);
    }

    ada.request()
        .body(Map.of("currentPassword", ada.password(), "newPassword", "another walk by the river"))
        .post("/api/auth/password/change")
        .then()
        .statusCode(204);

    inbox.await(ada.email(), "Your password was changed");
  }

  @Test
  void neitherProgramNorNetworkCanBeReadInTheTable() {
    Person ada = Person.register();
    signIn(ada, CHROME, HOME);

    assertThat(tables.rows("select cast(d as text) from known_device d").toString())
        .doesNotContain("Chrome", "203.0.113");
  }

  private int lettersOf(Person person) {
    return tables.count("select count(*) from letter where account_id = ?1", person.id())
        + inbox.subjectsTo(person.email()).size();
  }

  private int knownDevicesOf(Person person) {
    return tables.count("select count(*) from known_device where account_id = ?1", person.id());
  }

  private static void signIn(Person person, String userAgent, String address) {
    given()
        .header("User-Agent", userAgent)
        .header("X-Forwarded-For", address)
        .contentType(ContentType.JSON)
        .body(Map.of("email", person.email(), "password", person.password()))
        .post("/api/auth/login")
        .then()
        .statusCode(200);
  }
}
