package dev.autopilot.testkit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * What the service under test publishes of itself at {@code /q/openapi}. Its golden file, {@code
 * docs/api/openapi/<service>.yaml}, is what clients were promised: a change to it is seen in
 * review.
 */
final class PublishedApi {
  private static final String WRITE = "openapi.golden";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML =
      new ObjectMapper(
          new YAMLFactory()
              .enable(Feature.MINIMIZE_QUOTES)
              .disable(Feature.WRITE_DOC_START_MARKER)
              .disable(Feature.SPLIT_LINES));

  private PublishedApi() {}

  /**
   * Fails unless the service describes itself as its golden file does. With {@code
   * -Dopenapi.golden=write} the file is written instead.
   */
  static void assertReviewed() {
    String service = ConfigProvider.getConfig().getValue("autopilot.service", String.class);
    Path golden = Path.of("..", "docs", "api", "openapi", service + ".yaml").normalize();
    try {
      String published = YAML.writeValueAsString(ordered(document()));
      if ("write".equals(System.getProperty(WRITE))) {
        Files.createDirectories(golden.resolveSibling("."));
        Files.writeString(golden, published);
      }
      assertThat(golden)
          .as(
              "the API that was reviewed; if the change is meant, run these tests with -D%s=write and commit the file",
              WRITE)
          .hasContent(published);
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** As it is published. */
  static JsonNode document() {
    String text = given().get("/q/openapi?format=json").then().statusCode(200).extract().asString();
    try {
      return JSON.readTree(text);
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  /** Classes are found in the order of a file system, which isn't everybody's. */
  private static JsonNode ordered(JsonNode published) {
    ObjectNode document = published.deepCopy();
    document.remove("servers"); // where it happens to run
    if (document.get("paths") instanceof ObjectNode paths) {
      document.set("paths", byName(paths));
    }
    if (document.get("components") instanceof ObjectNode components) {
      ObjectNode sorted = byName(components);
      sorted.properties().forEach(kind -> kind.setValue(byName((ObjectNode) kind.getValue())));
      document.set("components", sorted);
    }
    if (document.get("tags") instanceof ArrayNode tags) {
      List<JsonNode> sorted = new ArrayList<>();
      tags.forEach(sorted::add);
      sorted.sort(Comparator.comparing(tag -> tag.path("name").asText()));
      document.putArray("tags").addAll(sorted);
    }
    return document;
  }

  private static ObjectNode byName(ObjectNode unordered) {
    ObjectNode sorted = JsonNodeFactory.instance.objectNode();
    unordered
        .propertyStream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> sorted.set(entry.getKey(), entry.getValue()));
    return sorted;
  }
}
