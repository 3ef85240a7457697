package dev.autopilot.local.suite;

import dev.autopilot.local.config.DatabaseAddress;
import dev.autopilot.local.config.MasterKey;
import dev.autopilot.local.config.Refusal;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.postgresql.util.PasswordUtil;

/**
 * Gives each service its role and its schema, in one database. A role owns its schema and has no
 * right to another's. Done at every start: what is there stays, and passwords follow the master
 * key.
 */
public final class Provisioning {
  private static final int ANSWER_SECONDS = 5;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SALT_BYTES = 16;

  /** Words of records are told apart by a collation that older ones don't have. */
  private static final int OLDEST_VERSION = 18;

  private static final String INVALID_CATALOG_NAME = "3D000";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private final DatabaseAddress administrator;
  private final boolean embedded;
  private final MasterKey masterKey;

  /**
   * {@code administrator} may make roles, and schemas in its database. An {@code embedded} server
   * has no other users.
   */
  Provisioning(DatabaseAddress administrator, boolean embedded, MasterKey masterKey) {
    this.administrator = administrator;
    this.embedded = embedded;
    this.masterKey = masterKey;
  }

  /** Refuses an address at which nothing answers, or not to this user. */
  public static void check(DatabaseAddress address) {
    try (Connection connection = connect(address)) {
      if (!connection.isValid(ANSWER_SECONDS)) {
        throw new Refusal("PostgreSQL at %s doesn't answer.".formatted(address));
      }
    } catch (SQLException e) {
      // A database that isn't there is made at the start.
      if (!INVALID_CATALOG_NAME.equals(e.getSQLState())) {
        throw refusal(address, e);
      }
    }
  }

  /** The address that a service connects to. */
  DatabaseAddress addressOf(Deployable service) {
    return administrator.as(service.role(), passwordOf(service));
  }

  void provide() {
    try {
      boolean ours = makeDatabase() || embedded;
      try (Connection connection = connect(administrator)) {
        if (ours) {
          reserveDatabase(connection);
        }
        for (Deployable service : Deployable.services()) {
          provide(service, connection);
        }
      }
    } catch (SQLException e) {
      throw refusal(administrator, e);
    }
  }

  private boolean makeDatabase() throws SQLException {
    try (Connection _ = connect(administrator)) {
      return false;
    } catch (SQLException e) {
      if (!INVALID_CATALOG_NAME.equals(e.getSQLState())) {
        throw e;
      }
    }
    try (Connection elsewhere = connect(administrator.in("postgres"))) {
      execute(elsewhere, "CREATE DATABASE " + quoted(administrator.database()));
    }
    return true;
  }

  /**
   * A database that was made here is nobody else's: only the services may connect. One that an
   * operator gave may have other users, whose rights aren't touched; the services' schemas are
   * closed to them in any case.
   */
  private void reserveDatabase(Connection connection) throws SQLException {
    String name = quoted(administrator.database());
    execute(connection, "REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
    execute(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
  }

  private void provide(Deployable service, Connection connection) throws SQLException {
    String role = service.role();
    String schema = service.id();
    String password = "'" + verifierOf(passwordOf(service)) + "'";
    boolean exists = exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'");
    execute(
        connection,
        (exists ? "ALTER ROLE " : "CREATE ROLE ") + role + " LOGIN PASSWORD " + password);
    if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = current_user AND rolsuper")) {
      // Who isn't a superuser may give a schema only to a role that it is a member of.
      execute(connection, "GRANT " + role + " TO CURRENT_USER");
    }
    execute(
        connection,
        "GRANT CONNECT, TEMPORARY ON DATABASE " + quoted(administrator.database()) + " TO " + role);
    execute(connection, "CREATE SCHEMA IF NOT EXISTS " + schema + " AUTHORIZATION " + role);
    execute(connection, "ALTER SCHEMA " + schema + " OWNER TO " + role);
    execute(connection, "REVOKE ALL ON SCHEMA " + schema + " FROM PUBLIC");
    execute(
        connection,
        "ALTER ROLE %s IN DATABASE %s SET search_path = %s"
            .formatted(role, quoted(administrator.database()), schema));
  }

  private String passwordOf(Deployable service) {
    return masterKey.derive("database role " + service.role());
  }

  /**
   * What PostgreSQL keeps of a password, made here: a statement that fails stands in its log as it
   * was sent. RFC 7677 asks for 4,096 rounds, since people's passwords can be guessed. These are
   * 256 bits that nobody chose: rounds would only slow down each of the services' connections.
   */
  private static String verifierOf(String password) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return PasswordUtil.encodeScramSha256(password.toCharArray(), 1, salt);
  }

  private static Refusal refusal(DatabaseAddress administrator, SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.startsWith("08")) {
      return new Refusal(
          "No PostgreSQL answers at %s; is DATABASE_URL right and the server up?"
              .formatted(administrator),
          e);
    }
    if (state.startsWith("28")) {
      return new Refusal(
          "PostgreSQL refuses the user or password of %s.".formatted(administrator), e);
    }
    if (state.equals(INSUFFICIENT_PRIVILEGE)) {
      return new Refusal(
          "%s may not make roles and schemas; give that user CREATEROLE, and CREATE on the database."
              .formatted(administrator),
          e);
    }
    return new Refusal(
        "The services' roles and schemas can't be made in %s: %s"
            .formatted(administrator, e.getMessage()),
        e);
  }

  private static Connection connect(DatabaseAddress address) throws SQLException {
    Connection connection = DriverManager.getConnection(address.jdbcUrl(), address.credentials());
    try {
      requireVersion(connection.getMetaData().getDatabaseMajorVersion(), address);
      return connection;
    } catch (Refusal | SQLException e) {
      connection.close();
      throw e;
    }
  }

  static void requireVersion(int version, DatabaseAddress address) {
    if (version < OLDEST_VERSION) {
      throw new Refusal(
          "PostgreSQL at %s is of version %d; %d or newer is needed."
              .formatted(address, version, OLDEST_VERSION));
    }
  }

  private static boolean exists(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
