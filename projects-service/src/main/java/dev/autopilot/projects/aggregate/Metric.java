package dev.autopilot.projects.aggregate;

import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.query.Column;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Shape;
import dev.autopilot.projects.storage.Aggregate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A figure by its name: {@code count}, or a function and a key such as {@code sum:amount}. */
record Metric(String name, Aggregate aggregate) {
  private static final int MAX_METRICS = 20;

  static List<Metric> parse(@Nullable String text, Schema schema) {
    List<Metric> metrics = new ArrayList<>();
    for (String part : (text == null || text.isBlank() ? "count" : text).split(",", -1)) {
      metrics.add(one(part.strip(), schema));
    }
    if (metrics.size() > MAX_METRICS) {
      throw refused("At most " + MAX_METRICS + " metrics.");
    }
    return metrics;
  }

  private static Metric one(String name, Schema schema) {
    if (name.equals("count")) {
      return new Metric(name, new Aggregate(Aggregate.Function.COUNT, null));
    }
    int colon = name.indexOf(':');
    Column column = colon < 0 ? null : Column.named(name.substring(colon + 1), schema);
    if (column == null) {
      throw refused("Expected count, or a function and a field such as sum:amount.");
    }
    Aggregate.Function function = function(name.substring(0, colon));
    boolean fits =
        switch (function) {
          case SUM, AVG -> column.shape() == Shape.NUMBER;
          case MIN, MAX -> column.isOrdered() && column.shape() != Shape.FLAG && !isId(column);
          case COUNT -> true;
          case DISTINCT -> column.isOrdered();
        };
    if (!fits) {
      throw refused(name + " isn't possible with a field of this type.");
    }
    return new Metric(name, new Aggregate(function, column));
  }

  /**
   * Of the ids that every record has there is no least or greatest: PostgreSQL orders them only.
   */
  private static boolean isId(Column column) {
    return column == Column.OfRecord.ID || column == Column.OfRecord.CREATED_BY;
  }

  private static Aggregate.Function function(String name) {
    for (Aggregate.Function function : Aggregate.Function.values()) {
      if (function.name().toLowerCase(Locale.ROOT).equals(name)) {
        return function;
      }
    }
    throw refused("The functions are count, distinct, sum, avg, min and max.");
  }

  private static RuntimeException refused(String message) {
    return CommonError.VALIDATION_FAILED.at("/metrics", message);
  }
}
