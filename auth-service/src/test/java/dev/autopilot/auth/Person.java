package dev.autopilot.auth;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;

/** Somebody with an account, and the tokens of one device of theirs. */
public record Person(
    UUID id, String email, String password, String accessToken, String refreshToken) {
  public static final String PASSWORD = "a long walk by the river";

  /** A new account of somebody whom nobody has heard of. */
  public static Person register() {
    return register(anyEmail());
  }

  public static Person register(String email) {
    JsonPath tokens =
        post("register", Map.of("email", email, "password", PASSWORD, "name", "Ada"))
            .then()
            .statusCode(201)
            .extract()
            .jsonPath();
    return of(tokens, email, PASSWORD);
  }

  /** The same person on another device. */
  public Person signInAgain() {
    return of(signIn(email, password).then().statusCode(200).extract().jsonPath(), email, password);
  }

  public static Response signIn(String email, String password) {
    return post("login", Map.of("email", email, "password", password));
  }

  public static Response refresh(String refreshToken) {
    return post("refresh", Map.of("refreshToken", refreshToken));
  }

  public RequestSpecification request() {
    return given().auth().oauth2(accessToken).contentType(ContentType.JSON);
  }

  public UUID sessionId() {
    return UUID.fromString(
        request().get("/api/auth/sessions").jsonPath().getString("items.find { it.current }.id"));
  }

  public static String anyEmail() {
    return "ada-" + UUID.randomUUID() + "@example.org";
  }

  public static Response post(String call, Object body) {
    return given().contentType(ContentType.JSON).body(body).post("/api/auth/" + call);
  }

  private static Person of(JsonPath tokens, String email, String password) {
    return new Person(
        UUID.fromString(tokens.getString("user.id")),
        email,
        password,
        tokens.getString("accessToken"),
        tokens.getString("refreshToken"));
  }
}
