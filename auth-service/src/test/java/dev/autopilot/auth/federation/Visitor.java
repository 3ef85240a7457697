package dev.autopilot.auth.federation;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Somebody with a browser: it keeps the cookies of both sides, fills in the provider's form, and
 * goes where it is sent. What the gateway's address would serve is asked of the service itself.
 */
final class Visitor {
  static final String PASSWORD = "at the provider";
  private static final Pattern FORM = Pattern.compile("<form[^>]*\\saction=\"([^\"]+)\"");

  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final Map<String, String> cookiesThere = new LinkedHashMap<>();
  private final Map<String, String> cookiesHere = new LinkedHashMap<>();

  /** The whole way as somebody; gives the answer of the callback. */
  Response signIn(String name, String query) {
    return comeBack(signInThere(begin(query), name));
  }

  Response signIn(String name) {
    return signIn(name, "");
  }

  /** Where the browser is sent to sign in. */
  URI begin(String query) {
    Response answer = here().get("/api/auth/oidc/keycloak/login" + query);
    answer.then().statusCode(303).header("Cache-Control", "no-store");
    keep(answer);
    return URI.create(answer.header("Location"));
  }

  /** Fills in the form; gives the address that the provider sends the browser back to. */
  URI signInThere(URI door, String name) {
    HttpResponse<String> page = ask(HttpRequest.newBuilder(door).GET());
    if (page.statusCode() == 302) {
      return door.resolve(page.headers().firstValue("Location").orElseThrow());
    }
    Matcher form = FORM.matcher(page.body());
    if (!form.find()) {
      throw new AssertionError("There is no form at " + door + ": " + page.body());
    }
    HttpResponse<String> answer =
        ask(
            HttpRequest.newBuilder(door.resolve(form.group(1).replace("&amp;", "&")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "username=" + name + "&password=" + encoded(PASSWORD))));
    return URI.create(
        answer
            .headers()
            .firstValue("Location")
            .orElseThrow(() -> new AssertionError("Not let in: " + answer.body())));
  }

  Response comeBack(URI callback) {
    return comeBack(callback, "*/*");
  }

  Response comeBack(URI callback, String accept) {
    Response answer =
        here()
            .accept(accept)
            .get(URI.create("/").resolve(callback.getRawPath() + "?" + callback.getRawQuery()));
    keep(answer);
    return answer;
  }

  Response collect(Map<String, String> request) {
    Response answer =
        here().contentType(ContentType.JSON).body(request).post("/api/auth/oidc/token");
    keep(answer);
    return answer;
  }

  /** A request with the session that the cookies hold, as the gateway passes it on. */
  RequestSpecification signedIn() {
    return given().auth().oauth2(accessToken()).contentType(ContentType.JSON);
  }

  boolean isSignedIn() {
    return cookiesHere.containsKey("autopilot_access");
  }

  String accessToken() {
    return Objects.requireNonNull(cookiesHere.get("autopilot_access"), "They aren't signed in");
  }

  String refreshToken() {
    return Objects.requireNonNull(cookiesHere.get("autopilot_refresh"), "They aren't signed in");
  }

  private RequestSpecification here() {
    return given().redirects().follow(false).urlEncodingEnabled(false).cookies(cookiesHere);
  }

  private void keep(Response answer) {
    cookiesHere.putAll(answer.cookies());
  }

  private HttpResponse<String> ask(HttpRequest.Builder request) {
    String cookies =
        cookiesThere.entrySet().stream()
            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
            .collect(Collectors.joining("; "));
    if (!cookies.isEmpty()) {
      request.header("Cookie", cookies);
    }
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      for (String cookie : answer.headers().allValues("Set-Cookie")) {
        String[] pair = cookie.split(";", 2)[0].split("=", 2);
        cookiesThere.put(pair[0], pair[1]);
      }
      return answer;
    } catch (IOException failure) {
      throw new AssertionError(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
