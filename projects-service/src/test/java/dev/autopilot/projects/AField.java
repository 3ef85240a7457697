package dev.autopilot.projects;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A field as clients define it. */
public record AField(@JsonValue Map<String, Object> json) {

  public static AField of(String key, String type) {
    Map<String, Object> field = new LinkedHashMap<>();
    field.put("key", key);
    field.put("name", key);
    field.put("type", type);
    return new AField(field);
  }

  public static AField of(String key, String type, Map<String, ?> options) {
    return of(key, type).with("options", options);
  }

  public static AField select(String key, String... choices) {
    return of(key, "select", choices(choices));
  }

  public static AField multiSelect(String key, String... choices) {
    return of(key, "multi_select", choices(choices));
  }

  public static AField required(AField field) {
    return field.with("required", true);
  }

  public static AField unique(AField field) {
    return field.with("unique", true);
  }

  public static AField indexed(AField field) {
    return field.with("indexed", true);
  }

  private static Map<String, Object> choices(String... choices) {
    return Map.of("choices", Arrays.stream(choices).map(c -> Map.of("value", c)).toList());
  }

  private AField with(String key, Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(json);
    copy.put(key, value);
    return new AField(copy);
  }
}
