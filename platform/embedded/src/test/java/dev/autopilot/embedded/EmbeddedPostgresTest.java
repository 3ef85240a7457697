package dev.autopilot.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  @TempDir Path folder;

  @Test
  void dataSurvivesARestart() throws SQLException {
    String firstPassword;
    try (var postgres = start("data")) {
      firstPassword = postgres.password();
      execute(postgres, "CREATE TABLE note AS SELECT 'kept' AS text");
    }
    try (var postgres = start("data")) {
      assertThat(query(postgres, "SELECT text FROM note")).isEqualTo("kept");
      assertThat(postgres.password()).isEqualTo(firstPassword);
    }
  }

  @Test
  void dataSurvivesAKilledServer() throws SQLException {
    start("data").close(); // a slow disk takes many seconds to make a durable one
    try (var postgres = EmbeddedPostgres.in(folder.resolve("data")).start()) {
      execute(postgres, "CREATE TABLE note AS SELECT 'kept' AS text");
      postgres.child().identity().find().orElseThrow().destroyForcibly();
      postgres.child().onExit().join();
    }
    try (var postgres = start("data")) {
      assertThat(query(postgres, "SELECT text FROM note")).isEqualTo("kept");
    }
  }

  @Test
  void isVersion18WithPasswordsAndNoWayInFromOutside() throws SQLException {
    try (var postgres = start("data")) {
      assertThat(query(postgres, "SHOW server_version")).startsWith("18.");
      assertThat(query(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(query(postgres, "SHOW unix_socket_directories")).isEmpty();
      assertThat(
              query(
                  postgres, "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"))
          .isEqualTo("scram-sha-256");
      assertThat(query(postgres, "SELECT rolpassword FROM pg_authid WHERE rolname = 'postgres'"))
          .as("one round for a password of random bytes")
          .startsWith("SCRAM-SHA-256$1:");
      assertThatThrownBy(
              () -> DriverManager.getConnection(postgres.jdbcUrl("postgres"), "postgres", "wrong"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void isDurableUnlessToldOtherwise() throws SQLException {
    // In this order, since a slow disk takes many seconds to make a durable one.
    try (var postgres = start("data")) {
      assertThat(query(postgres, "SHOW fsync")).isEqualTo("off");
    }
    try (var postgres = EmbeddedPostgres.in(folder.resolve("data")).start()) {
      assertThat(query(postgres, "SHOW fsync")).isEqualTo("on");
      assertThat(query(postgres, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(query(postgres, "SHOW full_page_writes")).isEqualTo("on");
    }
  }

  @Test
  void twoRunAtOnce() throws SQLException {
    try (var one = start("one");
        var other = start("other")) {
      assertThat(one.port()).isNotEqualTo(other.port());
      execute(one, "CREATE TABLE only_here ()");
      assertThat(query(other, "SELECT coalesce(to_regclass('only_here')::text, 'absent')"))
          .isEqualTo("absent");
    }
  }

  @Test
  void aFolderInUseIsRefused() {
    try (var postgres = start("data")) {
      assertThat(postgres.child().isAlive()).isTrue();
      assertThatThrownBy(() -> start("data"))
          .isInstanceOf(ServerFailure.class)
          .hasMessageContaining("is in use by another process");
    }
  }

  @Test
  void whatWasHalfMadeIsMadeAgain() throws Exception {
    Path half = Files.createDirectories(folder.resolve("data/cluster.new/base"));
    Files.writeString(half.resolve("torn"), "half");
    try (var postgres = start("data")) {
      assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
    }
    assertThat(folder.resolve("data/cluster.new")).doesNotExist();
  }

  @Test
  void anIncompleteFolderIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("data/cluster"));
    assertThatThrownBy(() -> start("data"))
        .isInstanceOf(ServerFailure.class)
        .hasMessageContaining("is incomplete");
  }

  @Test
  void aFolderOfAnotherVersionIsRefused() throws IOException {
    start("data").close();
    Files.writeString(folder.resolve("data/cluster/PG_VERSION"), "17\n");
    assertThatThrownBy(() -> start("data"))
        .isInstanceOf(ServerFailure.class)
        .hasMessageContaining("made by version 17, and this is version 18");
  }

  @Test
  void aPidFileWhoseNumberNowBelongsToAnotherProgramIsNoObstacle() throws Exception {
    start("data").close();
    Files.writeString(
        folder.resolve("data/cluster/postmaster.pid"), ProcessHandle.current().pid() + "\n");
    try (var postgres = start("data")) {
      assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void aTakenPortIsSaidInOneSentence() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      int port = taken.getLocalPort();
      assertThatThrownBy(
              () -> EmbeddedPostgres.in(folder.resolve("data")).volatileData().port(port).start())
          .isInstanceOf(ServerFailure.class)
          .hasMessage("Port %d, meant for PostgreSQL, is taken.".formatted(port));
    }
  }

  @Test
  void thePasswordIsReadableByItsOwnerOnly() throws IOException {
    start("data").close();
    var permissions = Files.getPosixFilePermissions(folder.resolve("data/superuser.password"));
    assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
  }

  private EmbeddedPostgres start(String name) {
    return EmbeddedPostgres.in(folder.resolve(name)).volatileData().start();
  }

  private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = connect(postgres);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = connect(postgres);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return Objects.requireNonNull(rows.getString(1));
    }
  }

  private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl("postgres"), postgres.username(), postgres.password());
  }
}
