package dev.autopilot.projects.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** Parts of a transaction that may fail alone. */
@ApplicationScoped
public class Savepoints {
  private final Sql sql;

  public Savepoints(Sql sql) {
    this.sql = sql;
  }

  /** What the part gives; if it throws, all that it did in the database is undone. */
  public <T> T attempt(Supplier<T> part) {
    sql.execute(Statement.of("savepoint attempt"));
    try {
      T result = part.get();
      sql.execute(Statement.of("release savepoint attempt"));
      return result;
    } catch (RuntimeException failure) {
      sql.execute(Statement.of("rollback to savepoint attempt"));
      throw failure;
    }
  }
}
