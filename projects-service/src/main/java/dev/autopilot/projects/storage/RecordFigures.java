package dev.autopilot.projects.storage;

import dev.autopilot.projects.query.RecordQuery;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Figures over the records that a query finds, by group. */
@ApplicationScoped
public class RecordFigures {
  private final Sql sql;

  RecordFigures(Sql sql) {
    this.sql = sql;
  }

  /** A group's values and its figures, each in the order in which they were asked for. */
  public record Group(List<@Nullable Object> by, List<@Nullable Object> figures) {}

  public List<Group> groups(
      Schema schema,
      RecordQuery query,
      List<Grouping> groupings,
      List<Aggregate> aggregates,
      int limit) {
    List<String> by = groupings.stream().map(Grouping::sql).toList();
    List<String> selected = new ArrayList<>(by);
    aggregates.forEach(aggregate -> selected.add(aggregate.sql()));
    Statement statement =
        new PageSql(query, "select " + String.join(", ", selected) + " from " + Names.table(schema))
            .conditions();
    if (!by.isEmpty()) {
      statement.add(" group by " + String.join(", ", by));
      statement.add(" order by " + String.join(", ", by));
    }
    return sql.list(
        statement.add(" limit ?", limit),
        row -> new Group(values(row, 1, by.size()), values(row, by.size() + 1, aggregates.size())));
  }

  private static List<@Nullable Object> values(ResultSet row, int from, int count)
      throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      values.add(
          switch (row.getObject(i)) {
            case java.sql.Timestamp _ -> row.getObject(i, OffsetDateTime.class).toInstant();
            case BigDecimal number -> plain(number);
            case null -> null;
            case Object other -> other;
          });
    }
    return values;
  }

  private static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
