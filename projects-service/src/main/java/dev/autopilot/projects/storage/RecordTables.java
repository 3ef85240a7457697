package dev.autopilot.projects.storage;

import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.FieldType;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * A table per database: its indexes, statistics and unique values are its own, so that neither a
 * large neighbour nor ten thousand small ones are felt. Values are one JSONB column, so that fields
 * come and go without DDL, and an indexed field is an index on an expression. Why so:
 * docs/adr/record-storage.md.
 */
@ApplicationScoped
public class RecordTables {
  private final Sql sql;

  RecordTables(Sql sql) {
    this.sql = sql;
  }

  /** The name under which a new database will keep its records. */
  public long reserve() {
    return sql.number(Statement.of("select nextval('storage')"));
  }

  /** Makes the table, empty, with the indexes its fields ask for. */
  public void create(Schema schema) {
    String table = Names.table(schema);
    ddl(
        "create table "
            + table
            + " (id uuid primary key, data jsonb not null, version integer not null,"
            + " created_at timestamptz not null, updated_at timestamptz not null,"
            + " created_by uuid not null)");
    sql.execute(
        Statement.of("select keep_words(?), index_words(?)", schema.storage(), schema.storage()));
    for (Field field : schema.fields()) {
      create(schema, field);
    }
  }

  /** What a new field needs beside its values. The table may hold records; its writers wait. */
  public void create(Schema schema, Field field) {
    if (field.unique()) {
      createUnique(schema, field);
    }
    if (field.indexed()) {
      createIndex(schema, field);
    }
    if (field.type() == FieldType.AUTONUMBER) {
      ddl(
          "create sequence %s owned by %s.id"
              .formatted(Names.sequence(schema, field), Names.table(schema)));
    }
  }

  /** Fails as a broken unique index when two records hold the same value. */
  public void createUnique(Schema schema, Field field) {
    ddl(
        "create unique index %s on %s (%s)"
            .formatted(Names.uniqueIndex(schema, field), Names.table(schema), Columns.sql(field)));
  }

  private void createIndex(Schema schema, Field field) {
    ddl(
        "create index %s on %s (%s, id)"
            .formatted(
                Names.index(schema.storage(), field.slot()),
                Names.table(schema),
                Columns.sql(field)));
  }

  public void dropUnique(Schema schema, Field field) {
    ddl("drop index if exists " + Names.uniqueIndex(schema, field));
  }

  public void dropIndex(Schema schema, Field field) {
    ddl("drop index if exists " + Names.index(schema.storage(), field.slot()));
  }

  /** All that a field had beside its values. */
  public void drop(Schema schema, Field field) {
    dropUnique(schema, field);
    dropIndex(schema, field);
    ddl("drop sequence if exists " + Names.sequence(schema, field));
    sql.update(
        Statement.of(
            "delete from link where database_id = ? and field = ?",
            schema.databaseId(),
            field.slot()));
  }

  /** Drops the table with all that belongs to it. */
  public void drop(long storage) {
    ddl("drop table if exists " + Names.table(storage));
  }

  private void ddl(String statement) {
    sql.execute(Statement.of(statement));
  }
}
