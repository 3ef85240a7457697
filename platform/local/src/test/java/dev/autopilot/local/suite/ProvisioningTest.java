package dev.autopilot.local.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autopilot.embedded.EmbeddedPostgres;
import dev.autopilot.embedded.Ports;
import dev.autopilot.local.config.DatabaseAddress;
import dev.autopilot.local.config.MasterKey;
import dev.autopilot.local.config.Refusal;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvisioningTest {
  @TempDir static Path folder;
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = EmbeddedPostgres.in(folder).volatileData().start();
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @Test
  void eachServiceOwnsItsSchemaAndReachesNoOther() throws SQLException {
    Provisioning provisioning = provide("one", "key");
    DatabaseAddress auth = provisioning.addressOf(Deployable.AUTH);
    DatabaseAddress chat = provisioning.addressOf(Deployable.CHAT);
    execute(auth, "CREATE TABLE auth.person (name text)");
    execute(auth, "INSERT INTO person VALUES ('ada')");

    assertDenied(chat, "SELECT * FROM auth.person");
    assertDenied(chat, "CREATE TABLE auth.intruder ()");
    assertDenied(chat, "CREATE TABLE public.intruder ()");
    assertDenied(chat, "CREATE SCHEMA intruder");
  }

  @Test
  void isIdempotentAndKeepsData() throws SQLException {
    DatabaseAddress auth = provide("two", "key").addressOf(Deployable.AUTH);
    execute(auth, "CREATE TABLE kept ()");
    DatabaseAddress again = provide("two", "key").addressOf(Deployable.AUTH);
    assertThat(again).isEqualTo(auth);
    execute(again, "SELECT * FROM kept");
  }

  @Test
  void anOlderServerIsRefusedInOneSentence() {
    assertThatThrownBy(() -> Provisioning.requireVersion(17, superuser("postgres")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is of version 17; 18 or newer is needed");
  }

  @Test
  void passwordsFollowTheMasterKey() throws SQLException {
    DatabaseAddress before = provide("three", "old key").addressOf(Deployable.CHAT);
    DatabaseAddress after = provide("three", "new key").addressOf(Deployable.CHAT);
    execute(after, "SELECT 1");
    assertThatThrownBy(() -> execute(before, "SELECT 1"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void provingAPasswordThatCannotBeGuessedTakesOneRound() throws SQLException {
    provide("six", "key");
    for (Deployable service : Deployable.services()) {
      String verifier =
          text("SELECT rolpassword FROM pg_authid WHERE rolname = '" + service.role() + "'");
      assertThat(verifier).startsWith("SCRAM-SHA-256$1:");
    }
  }

  @Test
  void anOperatorsUserNeedsOnlyTheRightToMakeRolesAndSchemas() throws SQLException {
    DatabaseAddress superuser = superuser("postgres");
    execute(superuser, "CREATE ROLE operator LOGIN CREATEROLE PASSWORD 'pw'");
    execute(superuser, "CREATE DATABASE four OWNER operator");
    execute(superuser.in("four"), "CREATE TABLE public.theirs ()");
    execute(superuser.in("four"), "GRANT USAGE ON SCHEMA public TO PUBLIC");
    dropRoles(superuser);

    var provisioning =
        new Provisioning(superuser("four").as("operator", "pw"), false, key("operator's key"));
    provisioning.provide();
    provisioning.provide();

    execute(provisioning.addressOf(Deployable.AUTH), "CREATE TABLE mine ()");
    assertThat(canConnect("four"))
        .as("who else may use the operator's database is left alone")
        .isTrue();
    execute(superuser, "DROP DATABASE four");
    dropRoles(superuser);
  }

  @Test
  void aDatabaseMadeHereIsClosedToOthers() throws SQLException {
    provide("five", "key");
    assertThat(canConnect("five")).isFalse();
  }

  @Test
  void saysWhatIsWrongWithAnAddressInOneSentence() {
    DatabaseAddress nobody =
        new DatabaseAddress("ada", "pw", "127.0.0.1", Ports.free(), "suite", "");
    assertThatThrownBy(() -> new Provisioning(nobody, false, key("k")).provide())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("No PostgreSQL answers at postgresql://ada@127.0.0.1:");
    assertThatThrownBy(() ->
            new Provisioning(superuser("postgres").as("postgres", "no"), false, key("k")).provide())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("refuses the user or password");
  }

  private Provisioning provide(String database, String masterKey) {
    var provisioning = new Provisioning(superuser(database), true, key(masterKey));
    provisioning.provide();
    return provisioning;
  }

  private DatabaseAddress superuser(String database) {
    return DatabaseAddress.parse(postgres.url(database));
  }

  private MasterKey key(String value) {
    return MasterKey.of(Map.of("SECRET_KEY", value), false, folder.resolve("unused"));
  }

  /** Whether a role without any right may connect. */
  private boolean canConnect(String database) throws SQLException {
    execute(superuser("postgres"), "DROP ROLE IF EXISTS stranger");
    execute(superuser("postgres"), "CREATE ROLE stranger LOGIN PASSWORD 'pw'");
    try {
      execute(superuser(database).as("stranger", "pw"), "SELECT 1");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private void dropRoles(DatabaseAddress superuser) throws SQLException {
    for (String database : List.of("one", "two", "three", "five", "six")) {
      execute(superuser, "DROP DATABASE IF EXISTS " + database);
    }
    for (Deployable service : Deployable.services()) {
      execute(superuser, "DROP ROLE IF EXISTS " + service.role());
    }
  }

  private String text(String query) throws SQLException {
    DatabaseAddress superuser = superuser("postgres");
    try (var connection =
            DriverManager.getConnection(superuser.jdbcUrl(), superuser.credentials());
        var rows = connection.createStatement().executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void assertDenied(DatabaseAddress address, String sql) {
    assertThatThrownBy(() -> execute(address, sql))
        .as(sql)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied");
  }

  private static void execute(DatabaseAddress address, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.credentials());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
