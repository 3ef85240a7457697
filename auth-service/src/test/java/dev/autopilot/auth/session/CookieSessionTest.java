package dev.autopilot.auth.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.autopilot.auth.Person;
import dev.autopilot.kernel.start.MasterKey;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class CookieSessionTest {
  private static final String ACCESS = "autopilot_access";
  private static final String REFRESH = "autopilot_refresh";

  @Inject MasterKey master;

  @ConfigProperty(name = "autopilot.public-url")
  String publicUrl;

  @Test
  void theTokensOfAPageTravelOnlyInCookies() {
    Response answer = signIn(Person.register());

    answer
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("user.id", notNullValue())
        .body("csrfToken", notNullValue())
        .body("$", not(hasKey("accessToken")))
        .body("$", not(hasKey("refreshToken")));
    for (String name : new String[] {ACCESS, REFRESH}) {
      Cookie cookie = answer.detailedCookie(name);
      assertThat(cookie.isHttpOnly()).isTrue();
      assertThat(cookie.getPath()).isEqualTo("/");
    }
    assertThat(answer.detailedCookie(REFRESH).getSameSite()).isEqualToIgnoringCase("strict");
    given().auth().oauth2(answer.cookie(ACCESS)).get("/api/auth/me").then().statusCode(200);
  }

  @Test
  void theCsrfTokenIsWhatTheGatewayCanCheckWithoutAsking() throws Exception {
    Response answer = signIn(Person.register());
    String sid =
        given()
            .auth()
            .oauth2(answer.cookie(ACCESS))
            .get("/api/auth/sessions")
            .path("items.find { it.current }.id");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(master.derive("csrf"), "HmacSHA256"));
    String expected =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(mac.doFinal(sid.getBytes(StandardCharsets.UTF_8)));

    assertThat(answer.<String>path("csrfToken")).isEqualTo(expected);
    given()
        .auth()
        .oauth2(answer.cookie(ACCESS))
        .get("/api/auth/csrf-token")
        .then()
        .body("csrfToken", equalTo(expected));
  }

  @Test
  void twoSessionsHaveDifferentCsrfTokens() {
    Person ada = Person.register();

    assertThat(signIn(ada).<String>path("csrfToken"))
        .isNotEqualTo(signIn(ada).<String>path("csrfToken"));
  }

  @Test
  void aPageRefreshesWithItsCookieAndGetsNewOnes() {
    Response first = signIn(Person.register());

    Response second = refresh(first.cookie(REFRESH), publicUrl);

    second
        .then()
        .statusCode(200)
        .body("csrfToken", equalTo(first.<String>path("csrfToken")))
        .body("$", not(hasKey("refreshToken")));
    assertThat(second.cookie(REFRESH)).isNotEqualTo(first.cookie(REFRESH));
    refresh(second.cookie(REFRESH), publicUrl).then().statusCode(200);
  }

  @Test
  void aNewSignInOnABrowserEndsTheSessionThatItHad() {
    Person ada = Person.register();
    Response before = signIn(ada);

    Response after =
        given()
            .cookie(REFRESH, before.cookie(REFRESH))
            .contentType("application/json")
            .body(Map.of("email", ada.email(), "password", ada.password(), "session", "cookie"))
            .post("/api/auth/login");

    after.then().statusCode(200);
    Person.refresh(before.cookie(REFRESH))
        .then()
        .statusCode(401)
        .body("code", equalTo("session_ended"));
    Person.refresh(after.cookie(REFRESH)).then().statusCode(200);
    Person.refresh(ada.refreshToken()).then().statusCode(200);
  }

  @Test
  void aPageOfAnotherOriginRefreshesNothing() {
    Response first = signIn(Person.register());

    refresh(first.cookie(REFRESH), "https://evil.example")
        .then()
        .statusCode(403)
        .body("code", equalTo("csrf_failed"));
    refresh(first.cookie(REFRESH), "null").then().statusCode(403);

    refresh(first.cookie(REFRESH), publicUrl).then().statusCode(200);
  }

  @Test
  void withoutATokenThereIsNothingToRefresh() {
    given()
        .contentType(ContentType.JSON)
        .body("{}")
        .post("/api/auth/refresh")
        .then()
        .statusCode(401)
        .body("code", equalTo("invalid_refresh_token"));
  }

  @Test
  void signingOutClearsTheCookies() {
    Response session = signIn(Person.register());

    Response answer =
        given()
            .auth()
            .oauth2(session.cookie(ACCESS))
            .cookie(REFRESH, session.cookie(REFRESH))
            .post("/api/auth/logout");

    answer.then().statusCode(204);
    assertThat(answer.detailedCookie(ACCESS).getMaxAge()).isZero();
    assertThat(answer.detailedCookie(REFRESH).getMaxAge()).isZero();
    refresh(session.cookie(REFRESH), publicUrl).then().statusCode(401);
  }

  private static Response signIn(Person person) {
    return Person.post(
        "login",
        Map.of("email", person.email(), "password", person.password(), "session", "cookie"));
  }

  private static Response refresh(String cookie, String origin) {
    return given()
        .contentType(ContentType.JSON)
        .cookie(REFRESH, cookie)
        .header("Origin", origin)
        .body("{}")
        .post("/api/auth/refresh");
  }
}
