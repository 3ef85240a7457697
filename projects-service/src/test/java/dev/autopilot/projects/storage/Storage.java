package dev.autopilot.projects.storage;

import dev.autopilot.projects.sql.Savepoints;
import dev.autopilot.projects.sql.Sql;

/** Tables and what is in them, without an application around them. */
public record Storage(RecordTables tables, RecordStore store) {
  public static Storage over(Sql sql) {
    return new Storage(new RecordTables(sql), new RecordStore(sql, new Savepoints(sql)));
  }
}
