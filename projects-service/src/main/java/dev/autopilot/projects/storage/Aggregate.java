package dev.autopilot.projects.storage;

import dev.autopilot.projects.query.Column;
import org.jspecify.annotations.Nullable;

/**
 * A figure over a group of records.
 *
 * @param column of which; null to count the records themselves
 */
public record Aggregate(Function function, @Nullable Column column) {
  /** {@code COUNT} of a column leaves out where it has nothing. */
  public enum Function {
    COUNT,
    DISTINCT,
    SUM,
    AVG,
    MIN,
    MAX
  }

  String sql() {
    if (column == null) {
      return "count(*)";
    }
    String expression = Columns.sql(column);
    return switch (function) {
      case COUNT -> "count(" + expression + ")";
      case DISTINCT -> "count(distinct " + expression + ")";
      case SUM -> "sum(" + expression + ")";
      case AVG -> "avg(" + expression + ")";
      case MIN -> "min(" + expression + ")";
      case MAX -> "max(" + expression + ")";
    };
  }
}
