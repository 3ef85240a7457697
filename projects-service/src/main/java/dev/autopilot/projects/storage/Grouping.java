package dev.autopilot.projects.storage;

import dev.autopilot.projects.query.Column;

/**
 * What records are grouped by.
 *
 * @param bucket how much of a date or an instant counts
 */
public record Grouping(Column column, Bucket bucket) {
  /** Parts of a date, which in its stored form are beginnings of its text. */
  public enum Bucket {
    WHOLE(0),
    YEAR(4),
    MONTH(7),
    DAY(10);

    private final int length;

    Bucket(int length) {
      this.length = length;
    }
  }

  String sql() {
    return bucket == Bucket.WHOLE
        ? Columns.sql(column)
        : "left(%s, %d)".formatted(Columns.sql(column), bucket.length);
  }
}
