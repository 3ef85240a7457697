package dev.autopilot.events.database;

import java.sql.SQLException;
import java.util.Set;

/** What an {@link SQLException} means to whoever could try again. */
public enum DatabaseFault {
  /** The database, the way to it, or a connection to use is missing just now. */
  UNAVAILABLE,
  /** Another transaction was in the way; the same again may succeed. */
  CONTENDED,
  /** The data breaks a rule of the schema, and always will. */
  BROKEN_RULE,
  /** The statement itself is wrong, or something nobody foresaw. */
  OTHER;

  /**
   * Connection, a sign-in that is refused, a database that isn't there (a restore is under way),
   * resources, operator, system, and a standby where a primary was expected.
   */
  private static final Set<String> OUTAGES = Set.of("08", "28", "3D", "53", "57", "58");

  /** Rolled back for another's sake, and locks not had in time. */
  private static final Set<String> CONTENTION = Set.of("40", "55");

  private static final Set<String> RULES = Set.of("22", "23");
  private static final String READ_ONLY = "25006";

  /** By class of the SQL state. One without a state comes from the pool, not from a statement. */
  public static DatabaseFault of(SQLException failure) {
    String state = failure.getSQLState();
    if (state == null || state.length() != 5) {
      return UNAVAILABLE;
    }
    String kind = state.substring(0, 2);
    if (OUTAGES.contains(kind) || state.equals(READ_ONLY)) {
      return UNAVAILABLE;
    }
    if (CONTENTION.contains(kind)) {
      return CONTENDED;
    }
    return RULES.contains(kind) ? BROKEN_RULE : OTHER;
  }
}
