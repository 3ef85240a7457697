package dev.autopilot.auth.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.autopilot.auth.AtOnce;
import dev.autopilot.auth.MovableClock;
import dev.autopilot.auth.Person;
import dev.autopilot.auth.Tables;
import dev.autopilot.auth.account.TwoFactorChanged;
import dev.autopilot.events.envelope.EventJson;
import dev.autopilot.testkit.Contracts;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class TwoFactorTest {
  @Inject MovableClock clock;
  @Inject Tables tables;

  @AfterEach
  void present() {
    clock.reset();
    tables.change("truncate attempt");
  }

  /** Somebody with a second factor. */
  private record Protected(Person person, Phone phone, List<String> backupCodes) {}

  @Test
  void setUpGivesASecretAUriAndAPictureOfItThatAPhoneReads() throws Exception {
    Person ada = Person.register();

    JsonPath setup =
        ada.request().post("/api/auth/2fa/setup").then().statusCode(200).extract().jsonPath();

    String uri = setup.getString("otpauthUri");
    assertThat(uri)
        .startsWith("otpauth://totp/Autopilot:")
        .contains("secret=" + setup.getString("secret"))
        .contains("issuer=Autopilot")
        .contains(ada.email().replace("@", "%40"));
    assertThat(read(setup.getString("qrCode"))).isEqualTo(uri);
    ada.request().get("/api/auth/me").then().body("twoFactorEnabled", equalTo(false));
    Person.signIn(ada.email(), ada.password()).then().statusCode(200);
  }

  @Test
  void itCountsOnceACodeOfTheAppWasSeen() {
    Person ada = Person.register();
    Phone phone = setUp(ada);

    enable(ada, "000000").then().statusCode(403).body("code", equalTo("invalid_code"));
    ada.request().get("/api/auth/me").then().body("twoFactorEnabled", equalTo(false));
    enable(ada, phone.code()).then().statusCode(200).body("backupCodes", hasSize(10));

    ada.request().get("/api/auth/me").then().body("twoFactorEnabled", equalTo(true));
    ada.request().post("/api/auth/2fa/setup").then().statusCode(409);
    enable(ada, phone.code()).then().statusCode(409);
  }

  @Test
  void withoutASetUpThereIsNothingToEnable() {
    enable(Person.register(), "123456")
        .then()
        .statusCode(409)
        .body("code", equalTo("two_factor_not_set_up"));
  }

  @Test
  void signingInAsksForTheCodeAndSaysHowItWasProved() {
    Protected ada = protectedPerson();

    signIn(ada, null).then().statusCode(401).body("code", equalTo("two_factor_required"));
    signIn(ada, "000000").then().statusCode(401).body("code", equalTo("invalid_code"));
    Response in = signIn(ada, ada.phone().code());

    in.then().statusCode(200).body("user.twoFactorEnabled", equalTo(true));
    String claims =
        new String(
            Base64.getUrlDecoder().decode(in.<String>path("accessToken").split("\\.")[1]),
            java.nio.charset.StandardCharsets.UTF_8);
    assertThat(JsonPath.from(claims).getList("amr")).containsExactly("pwd", "otp", "mfa");
  }

  @Test
  void aWrongPasswordSaysNothingOfTheSecondFactor() {
    Protected ada = protectedPerson();

    for (String code : new String[] {"000000", ada.phone().code()}) {
      Person.post(
              "login",
              Map.of("email", ada.person().email(), "password", "a wrong password", "code", code))
          .then()
          .statusCode(401)
          .body("code", equalTo("invalid_credentials"));
    }
    signIn(ada, ada.phone().code()).then().statusCode(200);
  }

  @Test
  void aCodeIsGoodOnceAndSoAreThoseBeforeIt() {
    Protected ada = protectedPerson();
    String earlier = ada.phone().code();
    clock.advance(Duration.ofSeconds(30));
    String code = ada.phone().code();

    signIn(ada, code).then().statusCode(200);

    signIn(ada, code).then().statusCode(401).body("code", equalTo("invalid_code"));
    signIn(ada, earlier).then().statusCode(401);
    clock.advance(Duration.ofSeconds(30));
    signIn(ada, ada.phone().code()).then().statusCode(200);
  }

  @Test
  void theCodeThatEnabledItSignsNobodyIn() {
    Person ada = Person.register();
    Phone phone = setUp(ada);
    String code = phone.code();
    enable(ada, code).then().statusCode(200);

    Person.post("login", Map.of("email", ada.email(), "password", ada.password(), "code", code))
        .then()
        .statusCode(401)
        .body("code", equalTo("invalid_code"));
  }

  @Test
  void aClockThatIsHalfAMinuteOffIsFine() {
    Protected ada = protectedPerson();
    String code = ada.phone().code();
    clock.advance(Duration.ofSeconds(30));

    signIn(ada, code).then().statusCode(200);

    clock.advance(Duration.ofSeconds(30));
    String old = ada.phone().code();
    clock.advance(Duration.ofSeconds(60));
    signIn(ada, old).then().statusCode(401);
  }

  @Test
  void ofManyWhoPresentOneCodeAtOnceOneComesIn() {
    Protected ada = protectedPerson();
    String code = ada.phone().code();

    List<Integer> answers = AtOnce.run(8, () -> signIn(ada, code).statusCode());

    assertThat(answers).containsOnly(200, 401).filteredOn(status -> status == 200).hasSize(1);
  }

  @Test
  void ofManyWhoPresentOneBackupCodeAtOnceOneComesIn() {
    Protected ada = protectedPerson();
    String code = ada.backupCodes().getFirst();

    List<Integer> answers = AtOnce.run(8, () -> signIn(ada, code).statusCode());

    assertThat(answers).containsOnly(200, 401).filteredOn(status -> status == 200).hasSize(1);
    left(ada, 9);
  }

  @Test
  void whoLostThePhoneComesInWithABackupCodeAndStartsAnew() {
    Protected ada = protectedPerson();

    Response in = signIn(ada, ada.backupCodes().get(3).toUpperCase(java.util.Locale.ROOT));
    in.then().statusCode(200);
    signIn(ada, ada.backupCodes().get(3)).then().statusCode(401);
    left(ada, 9);

    ada.person()
        .request()
        .body(Map.of("password", ada.person().password(), "code", ada.backupCodes().get(4)))
        .post("/api/auth/2fa/disable")
        .then()
        .statusCode(204);
    Person.signIn(ada.person().email(), ada.person().password()).then().statusCode(200);
    Phone another = setUp(ada.person());
    enable(ada.person(), another.code()).then().statusCode(200);
  }

  @Test
  void itIsTurnedOffOnlyWithBothThePasswordAndACode() {
    Protected ada = protectedPerson();

    disable(ada, "a wrong password", ada.phone().code()).then().statusCode(403);
    disable(ada, ada.person().password(), "000000")
        .then()
        .statusCode(403)
        .body("code", equalTo("invalid_code"));
    signIn(ada, null).then().statusCode(401);

    disable(ada, ada.person().password(), ada.phone().code()).then().statusCode(204);

    signIn(ada, null).then().statusCode(200);
    assertThat(tables.count("select count(*) from totp where account_id = ?1", ada.person().id()))
        .isZero();
    disable(ada, ada.person().password(), ada.backupCodes().getFirst()).then().statusCode(409);
  }

  @Test
  void newBackupCodesNeedACodeAndMakeTheOldOnesWorthless() {
    Protected ada = protectedPerson();
    left(ada, 10);
    renew(ada, "000000").then().statusCode(403);

    List<String> fresh =
        renew(ada, ada.phone().code()).then().statusCode(200).extract().path("backupCodes");

    assertThat(fresh).hasSize(10).doesNotContainAnyElementsOf(ada.backupCodes());
    signIn(ada, ada.backupCodes().getFirst()).then().statusCode(401);
    signIn(ada, fresh.getFirst()).then().statusCode(200);
    left(ada, 9);
  }

  @Test
  void withoutASecondFactorThereAreNoBackupCodes() {
    Person ada = Person.register();

    ada.request().get("/api/auth/2fa/backup-codes").then().statusCode(409);
    ada.request()
        .body(Map.of("code", "123456"))
        .post("/api/auth/2fa/backup-codes")
        .then()
        .statusCode(409);
  }

  @Test
  void wrongCodesLockTheAccountLikeWrongPasswords() {
    Protected ada = protectedPerson();
    for (int i = 0; i < 10; i++) {
      signIn(ada, i % 2 == 0 ? "000000" : "bcdfg-hjkmn").then().statusCode(401);
    }

    signIn(ada, ada.phone().code()).then().statusCode(429);
    renew(ada, ada.phone().code()).then().statusCode(429);
    disable(ada, ada.person().password(), ada.phone().code()).then().statusCode(429);
  }

  @Test
  void aHundredCodesAtOnceTellNoMoreThanTen() {
    Protected ada = protectedPerson();

    List<Integer> answers = AtOnce.run(40, () -> renew(ada, "000000").statusCode());

    assertThat(answers)
        .filteredOn(status -> status == 403)
        .as("told that they are wrong")
        .hasSizeLessThanOrEqualTo(10);
    assertThat(Set.copyOf(answers)).isSubsetOf(Set.of(403, 429, 503));
    clock.advance(Duration.ofMinutes(16));
    signIn(ada, ada.phone().code()).then().statusCode(200);
  }

  @Test
  void neitherSecretNorCodesAreReadableInTheTables() {
    Person ada = Person.register();
    String secret = ada.request().post("/api/auth/2fa/setup").path("secret");
    Phone phone = new Phone(secret, clock);
    List<String> codes = enable(ada, phone.code()).path("backupCodes");

    String stored =
        tables.rows("select cast(t as text) from totp t").toString()
            + tables.rows("select cast(b as text) from backup_code b")
            + tables.rows("select cast(b as text) from backup_codes b");

    assertThat(stored).doesNotContain(secret);
    for (String code : codes) {
      assertThat(stored).doesNotContain(code).doesNotContain(code.replace("-", ""));
    }
    assertThat(new HashSet<>(codes)).hasSize(10);
  }

  @Test
  void turningItOnAndOffIsToldAsTheContractPromises() {
    try (EventProbe events = EventProbe.on("auth.events.v1")) {
      Protected ada = protectedPerson();
      disable(ada, ada.person().password(), ada.phone().code()).then().statusCode(204);

      for (String type : List.of("auth.two_factor.enabled", "auth.two_factor.disabled")) {
        EventProbe.Event told =
            events.await(type, event -> event.key().equals(ada.person().id().toString()));
        Contracts.assertKept(told);
        UUID golden = UUID.fromString(Contracts.golden(type).at("/data/userId").asText());
        assertThat(EventJson.tree(new TwoFactorChanged(type, golden, 1)))
            .isEqualTo(Contracts.golden(type).get("data"));
      }
    }
  }

  private Protected protectedPerson() {
    Person ada = Person.register();
    Phone phone = setUp(ada);
    List<String> codes =
        enable(ada, phone.code()).then().statusCode(200).extract().path("backupCodes");
    // The code that enabled it is used up: on to the next.
    clock.advance(Duration.ofSeconds(30));
    return new Protected(ada, phone, codes);
  }

  private Phone setUp(Person person) {
    Response setup = person.request().post("/api/auth/2fa/setup");
    setup
        .then()
        .statusCode(200)
        .body("secret", notNullValue())
        .body("qrCode", startsWith("data:image/png;base64,"));
    return new Phone(setup.path("secret"), clock);
  }

  private static Response enable(Person person, String code) {
    return person.request().body(Map.of("code", code)).post("/api/auth/2fa/enable");
  }

  private static Response signIn(Protected who, @Nullable String code) {
    Map<String, String> body =
        new java.util.HashMap<>(
            Map.of("email", who.person().email(), "password", who.person().password()));
    if (code != null) {
      body.put("code", code);
    }
    return Person.post("login", body);
  }

  private static Response disable(Protected who, String password, String code) {
    return who.person()
        .request()
        .body(Map.of("password", password, "code", code))
        .post("/api/auth/2fa/disable");
  }

  private static Response renew(Protected who, String code) {
    return who.person().request().body(Map.of("code", code)).post("/api/auth/2fa/backup-codes");
  }

  private static void left(Protected who, int count) {
    who.person()
        .request()
        .get("/api/auth/2fa/backup-codes")
        .then()
        .statusCode(200)
        .body("total", equalTo(10))
        .body("remaining", equalTo(count))
        .body("generatedAt", notNullValue());
  }

  private static String read(String dataUri) throws Exception {
    byte[] png = Base64.getDecoder().decode(dataUri.substring("data:image/png;base64,".length()));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    LuminanceSource source = new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
    return new QRCodeReader()
        .decode(
            new BinaryBitmap(new HybridBinarizer(source)),
            Map.of(DecodeHintType.PURE_BARCODE, true))
        .getText();
  }
}
