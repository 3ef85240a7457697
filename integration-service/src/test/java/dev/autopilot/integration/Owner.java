package dev.autopilot.integration;

import static io.restassured.RestAssured.given;

import dev.autopilot.kernel.Ids;
import dev.autopilot.testkit.Tokens;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/** Somebody with endpoints of their own. */
public record Owner(UUID user, String token) {
  public static final String WEBHOOKS = "/api/integrations/webhooks";

  public static Owner somebody() {
    UUID user = Ids.next();
    return new Owner(user, Tokens.forUser(user).mint());
  }

  public RequestSpecification request() {
    return given().auth().oauth2(token).contentType("application/json");
  }

  public Response post(String body) {
    return request().body(body).post(WEBHOOKS);
  }

  /** A new endpoint, as it is answered. */
  public JsonPath endpoint(String verification) {
    return post("{\"name\":\"Pushes\",\"verification\":" + verification + "}")
        .then()
        .statusCode(201)
        .extract()
        .jsonPath();
  }

  public JsonPath deliveries(String endpoint) {
    return get(endpoint, "");
  }

  public JsonPath get(String endpoint, String query) {
    return request()
        .get(WEBHOOKS + "/" + endpoint + "/deliveries" + query)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }
}
