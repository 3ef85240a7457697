package dev.autopilot.workflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The steps of one list and how they depend on each other. */
final class Siblings {
  private final Map<String, Integer> indexes = new LinkedHashMap<>();
  private final Map<String, Set<String>> dependencies = new HashMap<>();

  private Siblings() {}

  static Siblings of(JsonNode list) {
    Siblings siblings = new Siblings();
    for (int i = 0; i < list.size(); i++) {
      siblings.indexes.putIfAbsent(list.get(i).path("id").asText(), i);
    }
    for (JsonNode step : list) {
      Set<String> needs =
          siblings.dependencies.computeIfAbsent(step.path("id").asText(), id -> new HashSet<>());
      for (JsonNode need : step.path("dependsOn")) {
        if (siblings.has(need.asText())) {
          needs.add(need.asText());
        }
      }
    }
    return siblings;
  }

  boolean has(String id) {
    return indexes.containsKey(id);
  }

  /**
   * Indexes of the steps of circles. What waits for nothing is taken away until everything left
   * waits for something; the same again from the other end leaves the circles and what lies between
   * two of them. Linear, since clients decide how much there is.
   */
  List<Integer> circles() {
    Set<String> circles = stripped(reversed(stripped(dependencies))).keySet();
    return indexes.entrySet().stream()
        .filter(step -> circles.contains(step.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static Map<String, Set<String>> stripped(Map<String, Set<String>> graph) {
    Map<String, Set<String>> left = new HashMap<>();
    graph.forEach((id, needs) -> left.put(id, new HashSet<>(needs)));
    Map<String, Set<String>> dependents = reversed(graph);
    Deque<String> free = new ArrayDeque<>();
    left.forEach((id, needs) -> {
      if (needs.isEmpty()) {
        free.add(id);
      }
    });
    while (!free.isEmpty()) {
      String done = free.remove();
      left.remove(done);
      for (String dependent : dependents.getOrDefault(done, Set.of())) {
        Set<String> needs = left.get(dependent);
        if (needs != null && needs.remove(done) && needs.isEmpty()) {
          free.add(dependent);
        }
      }
    }
    return left;
  }

  private static Map<String, Set<String>> reversed(Map<String, Set<String>> graph) {
    Map<String, Set<String>> reversed = new HashMap<>();
    graph.forEach((id, needs) -> {
      reversed.computeIfAbsent(id, key -> new HashSet<>());
      needs.forEach(need -> reversed.computeIfAbsent(need, key -> new HashSet<>()).add(id));
    });
    return reversed;
  }
}
