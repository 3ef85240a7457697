package dev.autopilot.e2e.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sizes that a benchmark is given instead of its own, such as {@code --records 10000}. */
record Options(Map<String, Integer> sizes) {

  /** Nothing unless it is a list of known names, each with a number. */
  static Optional<Options> parse(List<String> arguments, List<String> known) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      if (!known.contains(arguments.get(i))
          || i + 1 == arguments.size()
          || !arguments.get(i + 1).matches("[1-9][0-9]{0,8}")) {
        return Optional.empty();
      }
      sizes.put(arguments.get(i), Integer.parseInt(arguments.get(i + 1)));
    }
    return Optional.of(new Options(sizes));
  }

  int size(String name, int otherwise) {
    return sizes.getOrDefault(name, otherwise);
  }
}
