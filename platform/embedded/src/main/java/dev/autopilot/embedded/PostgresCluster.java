package dev.autopilot.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The files of one PostgreSQL: made, checked, and put to work. */
final class PostgresCluster {
  static final String FOLDER = "cluster";
  private static final String PASSWORD_FILE = "superuser.password";
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);

  static {
    try {
      // Drivers are looked for once per JVM, by whichever class loader asked first; this one must
      // see it too.
      Class.forName("org.postgresql.Driver");
    } catch (ClassNotFoundException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final DataFolder data;
  private final Path programs;
  private final Unprivileged unprivileged;
  private final boolean durable;
  private final Path log;
  private LogTail said;

  PostgresCluster(
      DataFolder data, Path programs, Unprivileged unprivileged, boolean durable, Path log) {
    this.data = data;
    this.programs = programs;
    this.unprivileged = unprivileged;
    this.durable = durable;
    this.log = log;
    this.said = LogTail.startingAtEndOf(log);
  }

  /** Makes the cluster unless it is there, and gives its superuser's password. */
  String prepare(Supplier<String> newPassword) throws IOException {
    unprivileged.grant(data.path());
    Path secret = data.resolve(PASSWORD_FILE);
    Path cluster =
        data.prepare(
            FOLDER,
            fresh -> {
              writeSecret(secret, newPassword.get());
              unprivileged.grant(secret);
              unprivileged.grant(fresh);
              initialise(fresh, secret);
            });
    refuseForeign(cluster);
    forgetStalePid(cluster);
    try {
      return Files.readString(secret).strip();
    } catch (NoSuchFileException e) {
      throw new ServerFailure(
          "The superuser's password %s is missing beside PostgreSQL's data.".formatted(secret), e);
    }
  }

  Child launch(int port, Map<String, String> settings) throws PortTaken {
    if (!Ports.isFree(port)) {
      throw new PortTaken(port);
    }
    said = LogTail.startingAtEndOf(log);
    var line = new ArrayList<String>();
    line.add(programs.resolve("postgres").toString());
    line.addAll(List.of("-D", data.resolve(FOLDER).toString()));
    set(line, "listen_addresses", "127.0.0.1");
    set(line, "port", Integer.toString(port));
    set(line, "unix_socket_directories", "");
    settings.forEach((name, value) -> set(line, name, value));
    Child child =
        Child.start(
            new Child.Command(
                unprivileged.wrap(line), System.getenv(), data.path(), log, StopSignal.INT, GRACE));
    data.remember(child.identity());
    return child;
  }

  /** Returns when it answers a query, or ends it and says why it never will. */
  void awaitReady(EmbeddedPostgres postgres, Duration timeout) throws PortTaken {
    Instant deadline = Instant.now().plus(timeout);
    while (!answers(postgres)) {
      if (said.contains("could not bind") || said.contains("Address already in use")) {
        postgres.child().stop();
        throw new PortTaken(postgres.port());
      }
      boolean replaying = said.contains("database system was not properly shut down");
      if (!postgres.child().isAlive() || (!replaying && Instant.now().isAfter(deadline))) {
        postgres.child().stop();
        throw failure();
      }
      pause();
    }
  }

  private static boolean answers(EmbeddedPostgres postgres) {
    try (var connection =
        DriverManager.getConnection(postgres.jdbcUrl("postgres"), postgres.credentials())) {
      return connection.isValid(5);
    } catch (SQLException e) {
      if (e.getSQLState() != null && e.getSQLState().startsWith("28")) {
        postgres.child().stop();
        throw new ServerFailure(
            "PostgreSQL refuses the superuser's password kept beside its data; was %s replaced?"
                .formatted(PASSWORD_FILE),
            e);
      }
      return false;
    }
  }

  private ServerFailure failure() {
    if (said.contains("No space left on device")) {
      return new ServerFailure(
          "The disk is full: PostgreSQL can't write to %s.".formatted(data.path()));
    }
    return new ServerFailure(
        "PostgreSQL did not start; %s ends with: %s".formatted(said.file(), said.lastLines(3)));
  }

  private void initialise(Path fresh, Path secret) throws IOException {
    var line = new ArrayList<String>();
    line.add(programs.resolve("initdb").toString());
    line.addAll(List.of("-D", fresh.toString(), "--username=" + EmbeddedPostgres.SUPERUSER));
    line.addAll(List.of("--auth=scram-sha-256", "--pwfile=" + secret, "--encoding=UTF8"));
    // Rounds protect a password that can be guessed; these are all made of random bytes.
    line.addAll(List.of("--set", "scram_iterations=1"));
    // The built-in provider sorts the same on every machine, whatever locales it has.
    line.addAll(List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
    if (!durable) {
      line.add("--no-sync");
    }
    var process =
        new ProcessBuilder(unprivileged.wrap(line))
            .directory(data.path().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
      if (process.waitFor() != 0) {
        throw failure();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new ServerFailure("PostgreSQL's first start was interrupted.", e);
    }
  }

  /** Refuses a cluster that is there but can't be worked on. */
  static void refuseForeign(Path cluster) {
    if (!Files.exists(cluster)) {
      return;
    }
    Path version = cluster.resolve("PG_VERSION");
    if (!Files.exists(version) || !Files.exists(cluster.resolve("global/pg_control"))) {
      throw new ServerFailure(
          "PostgreSQL's data folder %s is incomplete; restore it, or start with --fresh, which throws all data away."
              .formatted(cluster));
    }
    String made = read(version);
    if (!made.equals(Integer.toString(PostgresBinaries.majorVersion()))) {
      throw new ServerFailure(
          "PostgreSQL's data folder %s was made by version %s, and this is version %d; dump it with the old one and load it here, or start with --fresh, which throws all data away."
              .formatted(cluster, made, PostgresBinaries.majorVersion()));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new ServerFailure("%s can't be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * PostgreSQL keeps its pid in a file and refuses to start while that pid is alive, even if it has
   * long been given to another program. The folder is locked and what was ours is reaped, so only
   * another PostgreSQL counts.
   */
  private static void forgetStalePid(Path cluster) throws IOException {
    Path file = cluster.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return;
    }
    String first = Files.readString(file).lines().findFirst().orElse("").strip();
    boolean inUse =
        first.matches("\\d{1,18}")
            && ProcessHandle.of(Long.parseLong(first))
                .flatMap(process -> process.info().command())
                .filter(command -> command.endsWith("/postgres"))
                .isPresent();
    if (inUse) {
      throw new ServerFailure(
          "Another PostgreSQL (process %s) works on %s; stop it first.".formatted(first, cluster));
    }
    Files.delete(file);
  }

  private static void writeSecret(Path file, String secret) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, secret + "\n");
  }

  private static void set(List<String> line, String name, String value) {
    line.add("-c");
    line.add(name + "=" + value);
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailure("The start of PostgreSQL was interrupted.", e);
    }
  }
}
