package dev.autopilot.gateway.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Several OpenAPI documents as one. Components of the same name and content are shared; of the same
 * name and another content, the later service's is called after the service.
 */
final class MergedDocument {
  private static final String REFERENCE = "#/components/";

  private final ObjectNode document = JsonNodeFactory.instance.objectNode();
  private final ObjectNode paths;
  private final ObjectNode components;
  private final ArrayNode tags;
  private final Set<String> operationIds = new HashSet<>();
  private final Set<String> usedTags = new HashSet<>();
  private final Set<String> tagNames = new HashSet<>();

  MergedDocument(String title, String version, String server) {
    document.put("openapi", "3.1.0");
    document.putObject("info").put("title", title).put("version", version);
    document.putArray("servers").addObject().put("url", server);
    document.putArray("security").addObject().putArray("bearer");
    this.tags = document.putArray("tags");
    this.paths = document.putObject("paths");
    this.components = document.putObject("components");
    components
        .putObject("securitySchemes")
        .putObject("bearer")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("description", "An access token, or a personal access token.");
  }

  /**
   * @param routed whether a path of this service can be reached through the gateway
   */
  void add(String service, JsonNode other, Predicate<String> routed) {
    Map<String, String> renamed = rename(service, other.path("components"));
    other
        .path("components")
        .properties()
        .forEach(kind -> {
          if (!kind.getKey().equals("securitySchemes")) {
            addComponents(kind.getKey(), kind.getValue(), renamed);
          }
        });
    other
        .path("paths")
        .properties()
        .forEach(path -> {
          if (routed.test(path.getKey()) && !paths.has(path.getKey())) {
            paths.set(path.getKey(), operations(service, rewritten(path.getValue(), renamed)));
          }
        });
    for (JsonNode tag : other.path("tags")) {
      // A tag of paths that can't be reached would be an empty heading.
      String name = tag.path("name").asText();
      if (usedTags.contains(name) && tagNames.add(name)) {
        tags.add(tag);
      }
    }
  }

  ObjectNode document() {
    return document;
  }

  /** Old reference to new, for names that another service already gave to something else. */
  private Map<String, String> rename(String service, JsonNode theirs) {
    Map<String, String> renamed = new HashMap<>();
    theirs
        .properties()
        .forEach(kind ->
            kind.getValue()
                .properties()
                .forEach(component -> {
                  JsonNode ours = components.path(kind.getKey()).path(component.getKey());
                  if (!ours.isMissingNode() && !ours.equals(component.getValue())) {
                    String prefix = REFERENCE + kind.getKey() + "/";
                    renamed.put(
                        prefix + component.getKey(),
                        prefix + capitalised(service) + capitalised(component.getKey()));
                  }
                }));
    return renamed;
  }

  private void addComponents(String kind, JsonNode theirs, Map<String, String> renamed) {
    ObjectNode ours = components.withObjectProperty(kind);
    String prefix = REFERENCE + kind + "/";
    theirs
        .properties()
        .forEach(component -> {
          String reference = prefix + component.getKey();
          String name = renamed.getOrDefault(reference, reference).substring(prefix.length());
          ours.set(name, rewritten(component.getValue(), renamed));
        });
  }

  private JsonNode operations(String service, JsonNode path) {
    for (JsonNode operation : path) {
      operation.path("tags").forEach(tag -> usedTags.add(tag.asText()));
      if (operation instanceof ObjectNode object && object.has("operationId")) {
        String id = object.get("operationId").asText();
        if (!operationIds.add(id)) {
          object.put("operationId", service + capitalised(id));
          operationIds.add(service + capitalised(id));
        }
      }
    }
    return path;
  }

  private static JsonNode rewritten(JsonNode node, Map<String, String> renamed) {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      object
          .properties()
          .forEach(field ->
              copy.set(
                  field.getKey(),
                  field.getKey().equals("$ref") && field.getValue().isTextual()
                      ? TextNode.valueOf(
                          renamed.getOrDefault(
                              field.getValue().asText(), field.getValue().asText()))
                      : rewritten(field.getValue(), renamed)));
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
      array.forEach(element -> copy.add(rewritten(element, renamed)));
      return copy;
    }
    return node;
  }

  private static String capitalised(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
