package dev.autopilot.testkit;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;

/**
 * What every operation of every service must refuse, tried on each that the service under test
 * publishes: an endpoint is held to it from the day it is written. That the refused changed nothing
 * is for the feature's own tests to show.
 */
final class Refusals {
  private static final String JSON = "application/json";

  private Refusals() {}

  /**
   * Without a token that is to be believed only these operations answer.
   *
   * @param open such as {@code "POST /api/auth/login"}
   */
  static void strangersReachOnly(List<String> open) {
    Set<String> openOnes = Set.copyOf(open);
    SoftAssertions all = new SoftAssertions();
    List<Operation> operations = operations();
    all.assertThat(operations.stream().map(Operation::toString)).containsAll(open);
    for (Operation operation : operations) {
      if (openOnes.contains(operation.toString())) {
        Response answer = operation.send(operation.takesJson() ? given().body("{}") : given());
        all.assertThat(codeOf(answer)).as(operation + " is open").isNotEqualTo("unauthenticated");
        continue;
      }
      refused(all, operation, "without a token", operation.send(given()), "401 unauthenticated");
      for (Tokens.Untrusted token : Tokens.untrusted(UUID.randomUUID())) {
        Response answer = operation.send(as(token.token()));
        refused(all, operation, "with a token " + token, answer, "401 unauthenticated");
      }
    }
    all.assertAll();
  }

  /** What can't be read is refused before anything is looked up. */
  static void malformedBodiesAreRefused(String token) {
    SoftAssertions all = new SoftAssertions();
    for (Operation operation : operations()) {
      if (!operation.takesJson()) {
        continue;
      }
      for (String body : List.of("{", "{\"a\": }", "{} {}", "words")) {
        Response answer = operation.send(as(token).body(body));
        refused(all, operation, "with " + body, answer, "400 malformed_json");
      }
      refused(
          all,
          operation,
          "with text",
          as(token).contentType("text/plain").body("a").request(operation.method(), operation.at()),
          "415 unsupported_media_type");
    }
    all.assertAll();
  }

  /** Bodies that are JSON and not what is asked for; nobody guesses what was meant. */
  static void bodiesOfAnotherShapeAreRefused(String token) {
    SoftAssertions all = new SoftAssertions();
    for (Operation operation : operations()) {
      if (!operation.takesJson()) {
        continue;
      }
      for (String body : List.of("[]", "5", "{\"noSuchProperty\": 1}")) {
        Response answer = operation.send(as(token).body(body));
        refusedOrNotFound(all, operation, "with " + body, answer, "422 validation_failed");
      }
    }
    all.assertAll();
  }

  /** Cursors, limits and counts that no page has. */
  static void pagesThatNobodyGaveOutAreRefused(String token) {
    SoftAssertions all = new SoftAssertions();
    for (Operation operation : operations()) {
      if (!operation.paged()) {
        continue;
      }
      for (String cursor : List.of("garbage", "%", "bm90IG91cnM", "W10", "WyJ4IiwieSJd")) {
        Response answer = operation.send(as(token).queryParam("cursor", cursor));
        refusedOrNotFound(all, operation, "at " + cursor, answer, "400 invalid_cursor");
      }
      for (String limit : List.of("0", "-1", "201", "many")) {
        Response answer = operation.send(as(token).queryParam("limit", limit));
        refusedOrNotFound(all, operation, "of " + limit, answer, "422 validation_failed");
      }
    }
    all.assertAll();
  }

  /** Ids that are nobody's, and ids that are none; tus asks for its version first (412). */
  static void unknownIdsAreNotFound(String token) {
    SoftAssertions all = new SoftAssertions();
    for (Operation operation : operations()) {
      if (!operation.path().contains("{") || operation.contentType() != null) {
        continue;
      }
      Response nobodys = operation.send(as(token));
      all.assertThat(nobodys.statusCode()).as(operation + " of nobody's").isIn(404, 412);
      Response none =
          as(token).request(operation.method(), operation.path().replaceAll("\\{\\w+}", "no-id"));
      all.assertThat(none.statusCode()).as(operation + " of no id").isIn(404, 412);
    }
    all.assertAll();
  }

  private static void refused(
      SoftAssertions all, Operation operation, String how, Response answer, String expected) {
    // An answer to HEAD has no body that could tell a code.
    boolean silent = operation.method().equals("HEAD");
    all.assertThat(answer.statusCode() + " " + (silent ? "" : codeOf(answer)))
        .as(operation + " " + how)
        .isEqualTo(silent ? expected.substring(0, 4) : expected);
  }

  /** What the operation refers to may be looked for before the rest is looked at. */
  private static void refusedOrNotFound(
      SoftAssertions all, Operation operation, String how, Response answer, String expected) {
    if (!(operation.looksFirst() && answer.statusCode() == 404)) {
      refused(all, operation, how, answer, expected);
    }
  }

  private static RequestSpecification as(String token) {
    return given().auth().oauth2(token);
  }

  private static @Nullable String codeOf(Response answer) {
    return answer.contentType().startsWith("application/problem+json")
        ? answer.jsonPath().getString("code")
        : answer.contentType();
  }

  private static List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    PublishedApi.document()
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(method -> {
                  if (!method.getKey().equals("parameters")) {
                    all.add(Operation.of(path.getKey(), method.getKey(), method.getValue()));
                  }
                }));
    return all;
  }

  /**
   * One method of one path.
   *
   * @param contentType of the body it takes; JSON where it takes several
   * @param paged whether it gives pages
   * @param needed what it can't do without in its query
   */
  private record Operation(
      String method,
      String path,
      @Nullable String contentType,
      boolean paged,
      List<String> needed) {

    static Operation of(String path, String method, JsonNode description) {
      JsonNode content = description.path("requestBody").path("content");
      boolean paged = false;
      List<String> needed = new ArrayList<>();
      for (JsonNode parameter : description.path("parameters")) {
        if (parameter.path("in").asText().equals("query")) {
          String name = parameter.path("name").asText();
          paged |= name.equals("cursor");
          if (parameter.path("required").asBoolean()) {
            needed.add(name);
          }
        }
      }
      String contentType = null;
      if (!content.isMissingNode()) {
        contentType = content.has(JSON) ? JSON : content.fieldNames().next();
      }
      return new Operation(method.toUpperCase(Locale.ROOT), path, contentType, paged, needed);
    }

    boolean takesJson() {
      return JSON.equals(contentType);
    }

    Response send(RequestSpecification request) {
      needed.forEach(name -> request.queryParam(name, UUID.randomUUID()));
      return (contentType == null ? request : request.contentType(contentType))
          .request(method, at());
    }

    /** Nobody's. */
    String at() {
      return path.replaceAll("\\{\\w+}", UUID.randomUUID().toString());
    }

    /** Whether it refers to something that may not be there. */
    boolean looksFirst() {
      return path.contains("{") || !needed.isEmpty();
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }
}
