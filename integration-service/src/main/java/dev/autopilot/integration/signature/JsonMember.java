package dev.autopilot.integration.signature;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Looks one thing up in a body that may be JSON, without building a tree of all of it. */
final class JsonMember {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonMember() {}

  /** The text of a member of the outermost object; null when there is none, or no such object. */
  static @Nullable String text(byte[] body, String name) {
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = name.equals(json.currentName());
        JsonToken value = json.nextToken();
        if (wanted) {
          return value == JsonToken.VALUE_STRING ? json.getText() : null;
        }
        json.skipChildren();
      }
      return null;
    } catch (IOException notJson) {
      return null;
    }
  }
}
