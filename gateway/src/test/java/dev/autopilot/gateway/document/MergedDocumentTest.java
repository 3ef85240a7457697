package dev.autopilot.gateway.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class MergedDocumentTest {
  private final MergedDocument merged = new MergedDocument("All", "1", "http://gateway");

  @Test
  void pathsOfAllServicesStandTogetherUnlessTheyAreInternal() {
    merged.add("auth", document("/api/auth/me", "me", "User", "string"), path -> true);
    merged.add("chat", document("/internal/x", "x", "X", "string"), path -> false);
    assertThat(merged.document().at("/paths").properties()).hasSize(1);
    assertThat(merged.document().at("/paths/~1api~1auth~1me/get/operationId").asText())
        .isEqualTo("me");
  }

  @Test
  void aTagOfNothingThatCanBeReachedIsNoHeading() {
    merged.add("chat", document("/internal/x", "x", "X", "string"), path -> false);
    assertThat(merged.document().path("tags")).isEmpty();
    merged.add("auth", document("/api/auth/me", "me", "User", "string"), path -> true);
    assertThat(merged.document().path("tags")).hasSize(1);
  }

  @Test
  void aSchemaThatTwoServicesShareIsThereOnce() {
    merged.add("auth", document("/a", "a", "Problem", "string"), path -> true);
    merged.add("chat", document("/b", "b", "Problem", "string"), path -> true);
    assertThat(merged.document().at("/components/schemas").properties()).hasSize(1);
  }

  @Test
  void schemasThatDifferUnderOneNameAreToldApart() {
    merged.add("auth", document("/a", "list", "Session", "string"), path -> true);
    merged.add("chat", document("/b", "list", "Session", "integer"), path -> true);
    JsonNode document = merged.document();
    assertThat(document.at("/components/schemas/Session/type").asText()).isEqualTo("string");
    assertThat(document.at("/components/schemas/ChatSession/type").asText()).isEqualTo("integer");
    assertThat(reference(document, "/a")).isEqualTo("#/components/schemas/Session");
    assertThat(reference(document, "/b")).isEqualTo("#/components/schemas/ChatSession");
    assertThat(document.at("/paths/~1b/get/operationId").asText()).isEqualTo("chatList");
  }

  private static String reference(JsonNode document, String path) {
    return document
        .path("paths")
        .path(path)
        .at("/get/responses/200/content/application~1json/schema/$ref")
        .asText();
  }

  private static JsonNode document(String path, String operation, String schema, String type) {
    try {
      return new ObjectMapper()
          .readTree(
              """
              {"openapi": "3.1.0",
               "tags": [{"name": "things"}],
               "paths": {"%s": {"get": {"operationId": "%s", "tags": ["things"], "responses": {"200": {"content":
                 {"application/json": {"schema": {"$ref": "#/components/schemas/%s"}}}}}}}},
               "components": {"schemas": {"%s": {"type": "%s"}}}}
              """
                  .formatted(path, operation, schema, schema, type));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
