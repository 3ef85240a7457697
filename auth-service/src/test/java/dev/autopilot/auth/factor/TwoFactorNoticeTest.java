package dev.autopilot.auth.factor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.auth.MovableClock;
import dev.autopilot.auth.Person;
import dev.autopilot.auth.Tables;
import dev.autopilot.auth.mail.Inbox;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who hears of it, and who is signed out, when a second factor changes. */
@QuarkusTest
@WithServers
class TwoFactorNoticeTest {
  @Inject Inbox inbox;
  @Inject MovableClock clock;
  @Inject Tables tables;

  @AfterEach
  void startOver() {
    clock.reset();
    tables.change("truncate attempt");
  }

  @Test
  void turningItOnAndOffSignsTheOtherDevicesOutAndIsToldByLetter() {
    Person ada = inbox.verified(Person.register());
    Person laptop = ada.signInAgain();
    Phone phone = new Phone(ada.request().post("/api/auth/2fa/setup").path("secret"), clock);

    List<String> codes =
        ada.request()
            .body(Map.of("code", phone.code()))
            .post("/api/auth/2fa/enable")
            .then()
            .statusCode(200)
            .extract()
            .path("backupCodes");

    Person.refresh(laptop.refreshToken()).then().statusCode(401);
    ada.request().get("/api/auth/me").then().statusCode(200);
    inbox.await(ada.email(), "Your second factor was turned on");

    String other =
        Person.post(
                "login",
                Map.of("email", ada.email(), "password", ada.password(), "code", codes.getFirst()))
            .then()
            .statusCode(200)
            .extract()
            .path("refreshToken");
    clock.advance(Duration.ofMinutes(1));
    ada.request()
        .body(Map.of("password", ada.password(), "code", phone.code()))
        .post("/api/auth/2fa/disable")
        .then()
        .statusCode(204);

    Person.refresh(other).then().statusCode(401);
    ada.request().get("/api/auth/me").then().statusCode(200);
    inbox.await(ada.email(), "Your second factor was turned off");
  }

  @Test
  void newBackupCodesAreToldByLetter() {
    Person ada = inbox.verified(Person.register());
    Phone phone = new Phone(ada.request().post("/api/auth/2fa/setup").path("secret"), clock);
    ada.request().body(Map.of("code", phone.code())).post("/api/auth/2fa/enable");
    clock.advance(Duration.ofMinutes(1));

    ada.request()
        .body(Map.of("code", phone.code()))
        .post("/api/auth/2fa/backup-codes")
        .then()
        .statusCode(200);

    assertThat(inbox.await(ada.email(), "You have new backup codes").getText())
        .contains("The old ones are worth nothing");
  }
}
