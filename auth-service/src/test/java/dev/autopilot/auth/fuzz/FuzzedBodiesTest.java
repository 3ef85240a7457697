package dev.autopilot.auth.fuzz;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.auth.Person;
import dev.autopilot.auth.Tables;
import dev.autopilot.kernel.start.MasterKey;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is sent, the answer is a refusal that says what is wrong, and never a failure of ours.
 */
@QuarkusTest
@WithServers
class FuzzedBodiesTest {
  /** A fixed seed: what failed once fails again. */
  private static final long SEED = 20_260_115;

  private static final int ROUNDS = 60;
  private static final int AT_ONCE = 8;

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e400",
          "1.5",
          "\"\"",
          "\" \"",
          "\"x\"",
          "[]",
          "{}",
          "[null]",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\udc00x\"",
          "\"\\u202e\"",
          "\"\\uFDFA\"",
          "\"" + "a".repeat(300) + "\"",
          "\"" + "é".repeat(2_000) + "\"",
          "\"ada@example.org\"",
          "\"a@b\"",
          "\"' or 1=1 --\"",
          "\"%s%n%x\"",
          "\"../../etc/passwd\"",
          "\"${jndi:ldap://x}\"",
          "\"000000\"",
          "\"-999999999-01-01T00:00:00Z\"",
          "\"+999999999-12-31T23:59:59Z\"",
          "\"2026-02-30T00:00:00Z\"",
          "[\"chat\",\"chat\"]",
          "[\"\\u0000\"]",
          "99999999999999999999999999",
          "{\"a\":{\"b\":[1,{\"c\":null}]}}");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Inject Tables tables;
  @Inject MasterKey master;

  /** So much failing from one address would lock out the tests that come after. */
  @AfterEach
  void forgetAttempts() {
    tables.change("truncate attempt");
  }

  /** A call that takes a body, and the properties that it knows. */
  record Call(String method, String path, List<String> properties) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static List<Call> calls() {
    return List.of(
        new Call("POST", "/api/auth/register", List.of("email", "password", "name")),
        new Call("POST", "/api/auth/login", List.of("email", "password", "code", "session")),
        new Call("POST", "/api/auth/refresh", List.of("refreshToken")),
        new Call("POST", "/api/auth/2fa/setup", List.of("code")),
        new Call("PATCH", "/api/auth/me", List.of("name")),
        new Call("DELETE", "/api/auth/me", List.of("password")),
        new Call("POST", "/api/auth/2fa/enable", List.of("code")),
        new Call("POST", "/api/auth/2fa/disable", List.of("password", "code")),
        new Call("POST", "/api/auth/2fa/backup-codes", List.of("code")),
        new Call("POST", "/api/auth/tokens", List.of("name", "scopes", "expiresAt")),
        new Call("POST", "/api/auth/password/change", List.of("currentPassword", "newPassword")),
        new Call("POST", "/api/auth/password/forgot", List.of("email")),
        new Call("POST", "/api/auth/password/reset", List.of("token", "password")),
        new Call("POST", "/api/auth/email/verify", List.of("token")),
        new Call("POST", "/api/auth/email/verify/resend", List.of("email")),
        new Call("POST", "/api/auth/oidc/token", List.of("ticket", "verifier", "code", "session")));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void nothingThatIsSentMakesUsFail(Call call) throws Exception {
    Random random = new Random(SEED + call.path().hashCode());
    Person ada = Person.register();
    List<String> bodies =
        Stream.generate(() -> body(call, random)).limit(ROUNDS).distinct().toList();

    List<HttpResponse<String>> answers =
        answers(bodies, body -> request(call.method(), call.path(), ada.accessToken(), body));

    for (int i = 0; i < bodies.size(); i++) {
      assertRefusedOrDone(answers.get(i), call + " with " + abbreviated(bodies.get(i)));
    }
  }

  @Test
  void nothingThatServicesSendMakesUsFail() throws Exception {
    Random random = new Random(SEED);
    List<String> values =
        List.of(
            "",
            " ",
            "x",
            "%00",
            "%ff%fe",
            "ap_",
            "ap_" + "x".repeat(60),
            Person.register().id().toString(),
            "00000000-0000-0000-0000-000000000000",
            "projects chat",
            "projects%20projects",
            "everything",
            "%E2%80%AE",
            "a".repeat(5_000),
            "urn:ietf:params:oauth:grant-type:token-exchange",
            "urn:autopilot:params:oauth:token-type:personal-access-token",
            "urn:autopilot:params:oauth:token-type:user-id");
    List<String> names = List.of("grant_type", "subject_token_type", "subject_token", "scope");
    List<String> forms =
        Stream.generate(() -> form(names, values, random)).limit(4 * ROUNDS).distinct().toList();

    for (String service : List.of("gateway", "workflow")) {
      String credential = service + ":" + master.serviceSecret(service);
      String basic =
          Base64.getEncoder().encodeToString(credential.getBytes(StandardCharsets.UTF_8));
      List<HttpResponse<String>> answers =
          answers(
              forms,
              form ->
                  HttpRequest.newBuilder(address("/internal/token"))
                      .header("Authorization", "Basic " + basic)
                      .header("Content-Type", "application/x-www-form-urlencoded")
                      .POST(HttpRequest.BodyPublishers.ofString(form))
                      .build());
      for (int i = 0; i < forms.size(); i++) {
        assertThat(answers.get(i).statusCode())
            .as("%s with %s", service, abbreviated(forms.get(i)))
            .isIn(200, 400, 413);
        assertThat(answers.get(i).body())
            .containsAnyOf("\"error\"", "\"access_token\"", "\"code\"")
            .doesNotContain("Exception");
      }
    }
  }

  @Test
  void bytesThatAreNoJsonAreRefused() throws Exception {
    Random random = new Random(SEED);
    for (int i = 0; i < 100; i++) {
      byte[] body = new byte[random.nextInt(200)];
      random.nextBytes(body);

      HttpRequest.BodyPublisher bytes = HttpRequest.BodyPublishers.ofByteArray(body);
      assertThat(send(request("POST", "/api/auth/login", "", bytes)).statusCode()).isIn(400, 422);
    }
  }

  @Test
  void deepNestingTwiceTheSamePropertyAndOtherTypesAreRefused() throws Exception {
    String deep = "{\"email\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
    String twice = "{\"email\":\"a@example.org\",\"email\":\"b@example.org\",\"password\":\"x\"}";
    for (String body : List.of(deep, twice)) {
      assertThat(send("POST", "/api/auth/login", "", body).statusCode()).isIn(400, 422);
    }
    String large = "{\"email\":\"" + "a".repeat(1_100_000) + "\"}";
    assertThat(send("POST", "/api/auth/login", "", large).statusCode()).isEqualTo(413);
    given().contentType("text/plain").body("{}").post("/api/auth/login").then().statusCode(415);
  }

  @Test
  void headersAndParametersThatMakeNoSenseAreRefused() {
    Person ada = Person.register();
    for (String query :
        List.of(
            "limit=0",
            "limit=x",
            "limit=201",
            "cursor=x",
            "cursor=W10",
            "count=x",
            "cursor=" + "A".repeat(9_000))) {
      for (String list : List.of("sessions", "tokens")) {
        assertThat(ada.request().get("/api/auth/" + list + "?" + query).statusCode())
            .as(list + "?" + query)
            .isBetween(400, 499);
      }
    }
    for (String authorization :
        List.of(
            "Bearer",
            "Bearer ",
            "Bearer a.b.c",
            "Basic Og==",
            "Basic x",
            "Digest x",
            "Bearer " + "a".repeat(9_000))) {
      assertThat(given().header("Authorization", authorization).get("/api/auth/me").statusCode())
          .as(authorization)
          .isEqualTo(401);
      assertThat(
              given()
                  .header("Authorization", authorization)
                  .get("/internal/revocations")
                  .statusCode())
          .as(authorization)
          .isEqualTo(401);
    }
    ada.request()
        .header("If-Match", "nonsense")
        .body(Map.of("name", "x"))
        .patch("/api/auth/me")
        .then()
        .statusCode(412);
  }

  private static void assertRefusedOrDone(HttpResponse<String> answer, String what) {
    assertThat(answer.statusCode()).as(what).isLessThan(500);
    if (answer.statusCode() >= 400) {
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(answer.body())
          .containsPattern("\"code\" ?: ?\"[a-z_]+\"")
          .doesNotContain("Exception")
          .doesNotContain("dev.autopilot")
          .doesNotContain("select ");
    }
  }

  /** What is answered to each, a few of them sent at once. */
  private <T> List<HttpResponse<String>> answers(List<T> all, Function<T, HttpRequest> request)
      throws InterruptedException, ExecutionException {
    try (ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<HttpResponse<String>>> sent = new ArrayList<>();
      for (T one : all) {
        sent.add(senders.submit(() -> send(request.apply(one))));
      }
      List<HttpResponse<String>> answers = new ArrayList<>();
      for (Future<HttpResponse<String>> answer : sent) {
        answers.add(answer.get());
      }
      return answers;
    }
  }

  private HttpResponse<String> send(String method, String path, String token, String body)
      throws Exception {
    return send(request(method, path, token, body));
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest request(String method, String path, String token, String body) {
    return request(method, path, token, HttpRequest.BodyPublishers.ofString(body));
  }

  /**
   * Plainly: REST Assured would keep each body nicely indented, which for the deep one never ends.
   */
  private static HttpRequest request(
      String method, String path, String token, HttpRequest.BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(path))
            .header("Content-Type", "application/json")
            .method(method, body);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return request.build();
  }

  private static URI address(String path) {
    return URI.create(RestAssured.baseURI + ":" + RestAssured.port + path);
  }

  private static String form(List<String> names, List<String> values, Random random) {
    List<String> fields = new ArrayList<>();
    for (String name : names) {
      // Mostly what goes with the name, so that something gets as far as the tables.
      int fit = names.indexOf(name) < 2 ? 3 : values.size();
      int which =
          random.nextInt(4) > 0
              ? values.size() - 1 - random.nextInt(fit)
              : random.nextInt(values.size());
      if (random.nextInt(8) > 0) {
        fields.add(name + "=" + values.get(which).replace(" ", "+"));
      }
    }
    return String.join("&", fields);
  }

  private static String body(Call call, Random random) {
    List<String> properties = new ArrayList<>();
    for (String name : call.properties()) {
      if (random.nextInt(8) > 0) {
        properties.add("\"" + name + "\":" + VALUES.get(random.nextInt(VALUES.size())));
      }
    }
    if (random.nextInt(6) == 0) {
      properties.add("\"unknown\":" + VALUES.get(random.nextInt(VALUES.size())));
    }
    String object = "{" + String.join(",", properties) + "}";
    return switch (random.nextInt(12)) {
      case 0 -> VALUES.get(random.nextInt(VALUES.size()));
      case 1 -> object.substring(0, random.nextInt(object.length()));
      case 2 -> object + object;
      default -> object;
    };
  }

  private static String abbreviated(String body) {
    return body.length() > 300 ? body.substring(0, 300) + "…" : body;
  }
}
