package dev.autopilot.projects.sql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** A statement that failed. The cause stays, so that the platform can tell an outage by it. */
public final class SqlFailedException extends RuntimeException {
  private static final String UNIQUE_VIOLATION = "23505";

  public SqlFailedException(SQLException cause) {
    super("A statement failed", cause);
  }

  /** The five characters by which SQL names failures, or null. */
  public @Nullable String state() {
    return getCause() instanceof SQLException failure ? failure.getSQLState() : null;
  }

  /** The unique index that refused, or null when something else went wrong. */
  public @Nullable String brokenUniqueIndex() {
    if (getCause() instanceof PSQLException failure
        && UNIQUE_VIOLATION.equals(failure.getSQLState())) {
      ServerErrorMessage message = failure.getServerErrorMessage();
      return message == null ? null : message.getConstraint();
    }
    return null;
  }
}
