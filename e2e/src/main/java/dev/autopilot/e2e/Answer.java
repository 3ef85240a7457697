package dev.autopilot.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/** What the gateway answered. */
public record Answer(int status, HttpHeaders headers, String body) {

  static Answer of(HttpResponse<String> response) {
    return new Answer(response.statusCode(), response.headers(), response.body());
  }

  /** The same answer, if it has that status; else what went wrong, with the problem it told. */
  public Answer expect(int wanted) {
    if (status != wanted) {
      throw new UnexpectedAnswer("Expected %d, got %d: %s".formatted(wanted, status, body));
    }
    return this;
  }

  public JsonNode json() {
    try {
      return Client.JSON.readTree(body);
    } catch (JsonProcessingException notJson) {
      throw new UnexpectedAnswer("Expected JSON, got: " + body, notJson);
    }
  }

  /** A text member of the JSON body. */
  public String text(String member) {
    JsonNode value = json().path(member);
    if (!value.isTextual()) {
      throw new UnexpectedAnswer("There is no text \"" + member + "\" in " + body);
    }
    return value.textValue();
  }

  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }
}
