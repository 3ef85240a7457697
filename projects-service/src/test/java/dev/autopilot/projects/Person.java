package dev.autopilot.projects;

import static io.restassured.RestAssured.given;

import dev.autopilot.testkit.Tokens;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Somebody who is signed in, and what they do most. */
public record Person(UUID id, String token) {

  public static Person anyone() {
    UUID id = UUID.randomUUID();
    return new Person(id, Tokens.forUser(id).mint());
  }

  public RequestSpecification request() {
    return given().auth().oauth2(token);
  }

  public Response post(String path, Object body) {
    return request().contentType(ContentType.JSON).body(body).post(path);
  }

  /** A request with JSON that says how it is to be answered (RFC 7240). */
  public RequestSpecification preferring(String preference) {
    return request().contentType(ContentType.JSON).header("Prefer", preference);
  }

  public Response patch(String path, Object body) {
    return request().contentType("application/merge-patch+json").body(body).patch(path);
  }

  public Response get(String path, Object... parameters) {
    RequestSpecification request = request();
    for (int i = 0; i < parameters.length; i += 2) {
      request.queryParam((String) parameters[i], parameters[i + 1]);
    }
    return request.get(path);
  }

  public String project() {
    return post("/api/projects", Map.of("name", "Garden"))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  /** A database in a new project. */
  public String database(AField... fields) {
    return databaseIn(project(), fields);
  }

  public String databaseIn(String project, AField... fields) {
    return post(
            "/api/databases",
            Map.of("projectId", project, "name", "Plants", "fields", List.of(fields)))
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  /** A file of a project, that says its own name. */
  public String fileIn(String project, String name) {
    return request()
        .multiPart("file", name, name.getBytes(StandardCharsets.UTF_8))
        .multiPart("projectId", project)
        .post("/api/files")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  public Response tryRecord(String database, Map<String, ?> values) {
    return post("/api/records", Map.of("databaseId", database, "values", values));
  }

  public JsonPath record(String database, Map<String, ?> values) {
    return tryRecord(database, values).then().statusCode(201).extract().jsonPath();
  }

  public JsonPath records(String database, Object... parameters) {
    RequestSpecification request = request().queryParam("databaseId", database);
    for (int i = 0; i < parameters.length; i += 2) {
      request.queryParam((String) parameters[i], parameters[i + 1]);
    }
    return request.get("/api/records").then().statusCode(200).extract().jsonPath();
  }

  /** The values under one key of the records that a filter finds, in the order of their making. */
  public <T> List<T> found(String database, String key, String filter) {
    return records(database, "filter", filter).getList("items.values." + key);
  }
}
