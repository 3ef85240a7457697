package dev.autopilot.projects.aggregate;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figures by group, in the order of the groups. */
public record AggregateView(List<Group> items) {
  /** Both by the names under which they were asked for. */
  public record Group(Map<String, @Nullable Object> group, Map<String, @Nullable Object> metrics) {}
}
