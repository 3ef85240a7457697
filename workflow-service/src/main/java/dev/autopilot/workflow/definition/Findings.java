package dev.autopilot.workflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autopilot.kernel.problem.Problem.FieldError;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is wrong, and where, with the checks that every part of a definition needs. */
final class Findings {
  /** Enough to mend a definition by, and no flood. */
  private static final int MAX = 100;

  private final List<FieldError> found = new ArrayList<>();

  void add(String pointer, String message) {
    if (found.size() < MAX) {
      found.add(new FieldError(pointer, message));
    }
  }

  List<FieldError> all() {
    return List.copyOf(found);
  }

  /** A pointer's next step, escaped as RFC 6901 asks. */
  static String under(String pointer, String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  static String under(String pointer, int index) {
    return pointer + "/" + index;
  }

  /** Whether it is an object; its properties are held against those that are known. */
  boolean object(JsonNode node, String pointer, Set<String> known) {
    if (!object(node, pointer)) {
      return false;
    }
    node.fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            add(under(pointer, name), "There is no property \"" + name + "\" here.");
          }
        });
    return true;
  }

  boolean object(JsonNode node, String pointer) {
    return is(node.isObject(), pointer, "Expected an object.");
  }

  boolean array(JsonNode node, String pointer) {
    return is(node.isArray(), pointer, "Expected a list.");
  }

  boolean text(JsonNode node, String pointer) {
    return is(node.isTextual() && !node.textValue().isBlank(), pointer, "Expected text.");
  }

  void optionalText(JsonNode parent, String pointer, String name) {
    if (parent.has(name)) {
      text(parent.get(name), under(pointer, name));
    }
  }

  void optionalDuration(JsonNode parent, String pointer, String name) {
    if (parent.has(name) && text(parent.get(name), under(pointer, name))) {
      duration(parent.get(name).textValue(), under(pointer, name));
    }
  }

  /** Whether everything is there that the settings can't do without. */
  void required(JsonNode settings, String pointer, Set<String> names) {
    for (String name : new TreeSet<>(names)) {
      if (settings.path(name).isMissingNode() || settings.path(name).isNull()) {
        add(under(pointer, name), "Is required.");
      }
    }
  }

  private void duration(String text, String pointer) {
    try {
      if (!Duration.parse(text).isNegative()) {
        return;
      }
    } catch (DateTimeParseException malformed) {
      // The finding below says what is expected.
    }
    add(pointer, "Expected an ISO 8601 duration such as PT30S.");
  }

  private boolean is(boolean fine, String pointer, String message) {
    if (!fine) {
      add(pointer, message);
    }
    return fine;
  }
}
