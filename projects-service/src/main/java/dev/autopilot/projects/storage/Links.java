package dev.autopilot.projects.storage;

import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.FieldType;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Value;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which records point at which records and files, by target: what a deletion has to ask. */
@ApplicationScoped
public class Links {
  private static final String COLUMNS = "source_id, field, target_id, database_id";

  private static final UUID FIRST = new UUID(0, 0);

  private final Sql sql;

  Links(Sql sql) {
    this.sql = sql;
  }

  /** A record of another database, or of the same, that points at something. */
  public record Link(UUID source, int slot, UUID target, UUID databaseId) {}

  /** Whether what the field holds are ids of something else. */
  public static boolean isLink(Field field) {
    return field.type() == FieldType.RELATION || field.type() == FieldType.FILE;
  }

  /** The ids that a relation or a file field holds; none for any other field. */
  public static List<UUID> targets(Field field, @Nullable Value value) {
    if (!isLink(field)) {
      return List.of();
    }
    return switch (value) {
      case Value.Text(var id) -> List.of(UUID.fromString(id));
      case Value.Texts(var ids) -> ids.stream().map(UUID::fromString).toList();
      case null -> List.of();
      case Value.Amount _, Value.Flag _, Value.Tree _ ->
          throw new IllegalArgumentException("A link holds ids");
    };
  }

  private static boolean hasLinks(Schema schema) {
    return schema.fields().stream().anyMatch(Links::isLink);
  }

  /** Those of the ids that are files of the project, and will be until the transaction ends. */
  public Set<UUID> keepFilesPresent(Schema schema, Collection<UUID> ids) {
    return new HashSet<>(
        sql.list(
            Statement.of(
                "select id from file where id = any (?) and project_id = ? order by id"
                    + " for key share",
                ids.toArray(UUID[]::new),
                schema.projectId()),
            row -> Sql.uuid(row, "id")));
  }

  /** Notes what these records point at from now on. */
  public void replace(Schema schema, List<StoredRecord> records) {
    if (!hasLinks(schema) || records.isEmpty()) {
      return;
    }
    remove(schema, records.stream().map(StoredRecord::id).toList());
    List<Link> links = new ArrayList<>();
    for (StoredRecord record : records) {
      for (Field field : schema.fields()) {
        for (UUID target : targets(field, record.values().get(field))) {
          links.add(new Link(record.id(), field.slot(), target, schema.databaseId()));
        }
      }
    }
    sql.update(
        Statement.of(
            "insert into link (source_id, field, target_id, database_id)"
                + " select * from unnest(?, ?, ?, ?)",
            links.stream().map(Link::source).toArray(UUID[]::new),
            links.stream().map(Link::slot).toArray(Integer[]::new),
            links.stream().map(Link::target).toArray(UUID[]::new),
            links.stream().map(Link::databaseId).toArray(UUID[]::new)));
  }

  public void remove(Schema schema, Collection<UUID> sources) {
    if (hasLinks(schema)) {
      sql.update(
          Statement.of(
              "delete from link where source_id = any (?)", (Object) sources.toArray(UUID[]::new)));
    }
  }

  /** Notes that these point at nothing any more, for whoever restores the database they are in. */
  public void breakOff(UUID databaseId, Collection<UUID> targets) {
    sql.update(
        Statement.of(
            "update link set broken = true where target_id = any (?) and database_id = ?",
            targets.toArray(UUID[]::new),
            databaseId));
  }

  /**
   * Takes away those of some records of a database, and tells what they were: all of a record's, as
   * whoever writes it anew can't tell what is still broken of it.
   */
  public List<Link> takeBroken(UUID databaseId, int records) {
    return links(
        Statement.of(
            "delete from link where database_id = ? and broken and source_id = any (array("
                + "select distinct source_id from link where database_id = ? and broken limit ?))"
                + " returning "
                + COLUMNS,
            databaseId,
            databaseId,
            records));
  }

  /**
   * Takes away what the next records of a database that goes point at, in the order of their ids.
   *
   * @return the last of these records, or null when there was none behind that one
   */
  public @Nullable UUID removeSome(long storage, @Nullable UUID behind, int records) {
    List<UUID> sources =
        sql.list(
            Statement.of(
                "select id from " + Names.table(storage) + " where id > ? order by id limit ?",
                behind == null ? FIRST : behind,
                records),
            row -> Sql.uuid(row, "id"));
    sql.update(
        Statement.of(
            "delete from link where source_id = any (?)", (Object) sources.toArray(UUID[]::new)));
    return sources.isEmpty() ? null : sources.getLast();
  }

  public List<Link> pointingAt(Collection<UUID> targets) {
    return links(
        Statement.of(
            "select "
                + COLUMNS
                + " from link where target_id = any (?) order by database_id, source_id",
            (Object) targets.toArray(UUID[]::new)));
  }

  /** Some of those that aren't known to be broken. */
  public List<Link> somePointingAt(UUID target, int limit) {
    return links(
        Statement.of(
            "select "
                + COLUMNS
                + " from link where target_id = ? and not broken"
                + " order by database_id, source_id limit ?",
            target,
            limit));
  }

  /** Forgets these, whether or not there is a record that had them. */
  public void forget(List<Link> links) {
    sql.update(
        Statement.of(
            "delete from link using unnest(?, ?, ?) as gone (source, slot, target)"
                + " where source_id = source and field = slot and target_id = target",
            links.stream().map(Link::source).toArray(UUID[]::new),
            links.stream().map(Link::slot).toArray(Integer[]::new),
            links.stream().map(Link::target).toArray(UUID[]::new)));
  }

  private List<Link> links(Statement query) {
    return sql.list(
        query,
        row ->
            new Link(
                Sql.uuid(row, "source_id"),
                row.getInt("field"),
                Sql.uuid(row, "target_id"),
                Sql.uuid(row, "database_id")));
  }
}
