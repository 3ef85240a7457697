package dev.autopilot.projects.aggregate;

import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.database.Schemas;
import dev.autopilot.projects.query.Column;
import dev.autopilot.projects.query.RecordQuery;
import dev.autopilot.projects.record.ListRequest;
import dev.autopilot.projects.schema.FieldType;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.storage.Grouping;
import dev.autopilot.projects.storage.Grouping.Bucket;
import dev.autopilot.projects.storage.RecordFigures;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code ?group=status,due:month&metrics=count,sum:amount}, of the records that a filter finds. */
@Path("/api/databases/{id}/aggregate")
@Scoped("projects")
@RunOnVirtualThread
public class AggregateResource {
  private static final int MAX_GROUPINGS = 3;
  private static final int MAX_GROUPS = 1_000;

  private final Schemas schemas;
  private final RecordFigures figures;
  private final Identity identity;
  private final Clock clock;

  AggregateResource(Schemas schemas, RecordFigures figures, Identity identity, Clock clock) {
    this.schemas = schemas;
    this.figures = figures;
    this.identity = identity;
    this.clock = clock;
  }

  @GET
  public AggregateView aggregate(
      @RestPath UUID id,
      @RestQuery("group") @Nullable String group,
      @RestQuery("metrics") @Nullable String metrics,
      @BeanParam ListRequest request) {
    Schema schema = schemas.readable(id, identity.caller().userId());
    Map<String, Grouping> groupings = groupings(group, schema);
    List<Metric> wanted = Metric.parse(metrics, schema);
    RecordQuery query = request.query(schema, clock.instant(), null, MAX_GROUPS);
    List<RecordFigures.Group> groups =
        figures.groups(
            schema,
            query,
            List.copyOf(groupings.values()),
            wanted.stream().map(Metric::aggregate).toList(),
            MAX_GROUPS + 1);
    if (groups.size() > MAX_GROUPS) {
      throw CommonError.VALIDATION_FAILED.at("/group", "More than " + MAX_GROUPS + " groups.");
    }
    List<String> names = wanted.stream().map(Metric::name).toList();
    return new AggregateView(
        groups.stream()
            .map(one ->
                new AggregateView.Group(
                    named(List.copyOf(groupings.keySet()), one.by()), named(names, one.figures())))
            .toList());
  }

  private static Map<String, @Nullable Object> named(
      List<String> names, List<@Nullable Object> values) {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      named.put(names.get(i), values.get(i));
    }
    return named;
  }

  private static Map<String, Grouping> groupings(@Nullable String text, Schema schema) {
    Map<String, Grouping> groupings = new LinkedHashMap<>();
    if (text == null || text.isBlank()) {
      return groupings;
    }
    List<String> parts = new ArrayList<>(List.of(text.split(",", -1)));
    for (String part : parts) {
      groupings.put(part.strip(), grouping(part.strip(), schema));
    }
    if (groupings.size() > MAX_GROUPINGS) {
      throw CommonError.VALIDATION_FAILED.at("/group", "At most " + MAX_GROUPINGS + " keys.");
    }
    return groupings;
  }

  private static Grouping grouping(String text, Schema schema) {
    int colon = text.indexOf(':');
    Column column = Column.named(colon < 0 ? text : text.substring(0, colon), schema);
    if (column == null || !column.isOrdered()) {
      throw CommonError.VALIDATION_FAILED.at("/group", "Expected fields to group by.");
    }
    return new Grouping(
        column, colon < 0 ? Bucket.WHOLE : bucket(text.substring(colon + 1), column));
  }

  private static Bucket bucket(String name, Column column) {
    boolean date =
        column instanceof Column.OfField(var field)
            && (field.type() == FieldType.DATE || field.type() == FieldType.DATETIME);
    for (Bucket bucket : List.of(Bucket.DAY, Bucket.MONTH, Bucket.YEAR)) {
      if (date && bucket.name().toLowerCase(Locale.ROOT).equals(name)) {
        return bucket;
      }
    }
    throw CommonError.VALIDATION_FAILED.at(
        "/group", "Dates and instants are grouped by day, month or year.");
  }
}
