package dev.autopilot.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * A real PostgreSQL, a child of this process, on 127.0.0.1 only, with passwords (SCRAM) from the
 * start.
 *
 * <pre>{@code
 * try (var postgres = EmbeddedPostgres.in(folder).start()) {
 *   DriverManager.getConnection(postgres.jdbcUrl("postgres"), postgres.username(), postgres.password());
 * }
 * }</pre>
 *
 * The folder is kept; starting in it again continues with its data. A folder that an earlier
 * process was killed in is taken over: what it left running is ended first, what it left half made
 * is made again.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  static final String SUPERUSER = "postgres";

  private final Child child;
  private final DataFolder data;
  private final int port;
  private final String password;

  EmbeddedPostgres(Child child, DataFolder data, int port, String password) {
    this.child = child;
    this.data = data;
    this.port = port;
    this.password = password;
  }

  public static Builder in(Path folder) {
    return new Builder(folder);
  }

  /**
   * Looks at a data folder without starting anything.
   *
   * @throws ServerFailure with one sentence when a start in it would be refused
   */
  public static void check(Path folder) {
    PostgresCluster.refuseForeign(folder.resolve(PostgresCluster.FOLDER));
    Unprivileged.here();
  }

  public int port() {
    return port;
  }

  public String username() {
    return SUPERUSER;
  }

  /** The superuser's, made with the data folder and kept in it, readable by its owner only. */
  public String password() {
    return password;
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  /** The superuser's address as {@code postgresql://user:password@host:port/database}. */
  public String url(String database) {
    return "postgresql://%s:%s@127.0.0.1:%d/%s".formatted(SUPERUSER, password, port, database);
  }

  public Child child() {
    return child;
  }

  /** Fast shutdown: sessions are ended, a checkpoint is written. */
  @Override
  public void close() {
    child.stop();
    data.close();
  }

  /** How to start it. */
  public static final class Builder {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private Path log;
    private Path cache = defaultCache();
    private int port;
    private boolean durable = true;
    private Duration timeout = Duration.ofSeconds(60);

    private Builder(Path folder) {
      this.folder = folder.toAbsolutePath().normalize();
      this.log = this.folder.resolve("postgres.log");
      // Seven services and whoever looks in.
      setting("max_connections", "300");
      setting("shared_buffers", "128MB");
      setting("timezone", "UTC");
      setting("log_timezone", "UTC");
      setting("log_line_prefix", "%m [%p] %u ");
      // Compiling a plan costs more than it gains for the short statements that services send.
      setting("jit", "off");
    }

    /** A given port instead of a free one. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** Where its log goes; {@code postgres.log} in the data folder unless told. */
    public Builder log(Path log) {
      this.log = log.toAbsolutePath();
      return this;
    }

    /** Where the programs are unpacked, once per machine and version. */
    public Builder cache(Path cache) {
      this.cache = cache.toAbsolutePath();
      return this;
    }

    /** A server setting, before others of the same name. */
    public Builder setting(String name, String value) {
      settings.put(name, value);
      return this;
    }

    /**
     * For tests: nothing is synced to disk, which is several times quicker. A killed process loses
     * what it committed last, a crash of the machine may lose everything.
     */
    public Builder volatileData() {
      durable = false;
      setting("fsync", "off");
      setting("synchronous_commit", "off");
      return setting("full_page_writes", "off");
    }

    /** How long to wait for it. The replay of its journal after a crash isn't counted. */
    public Builder timeout(Duration timeout) {
      this.timeout = timeout;
      return this;
    }

    /**
     * Starts it and returns when it answers a query.
     *
     * @throws ServerFailure with one sentence why not
     */
    public EmbeddedPostgres start() {
      Path programs = PostgresBinaries.unpackInto(cache);
      var data = DataFolder.open(folder, "PostgreSQL");
      try {
        data.reap(StopSignal.INT);
        var cluster =
            new PostgresCluster(data, programs.resolve("bin"), Unprivileged.here(), durable, log);
        String password = cluster.prepare(() -> newPassword());
        int attempts = port == 0 ? 3 : 1;
        for (int attempt = 1; ; attempt++) {
          int chosen = port == 0 ? Ports.free() : port;
          try {
            Child child = cluster.launch(chosen, settings);
            var postgres = new EmbeddedPostgres(child, data, chosen, password);
            cluster.awaitReady(postgres, timeout);
            return postgres;
          } catch (PortTaken e) {
            if (attempt == attempts) {
              throw new ServerFailure("Port %d, meant for PostgreSQL, is taken.".formatted(chosen));
            }
          }
        }
      } catch (IOException e) {
        data.close();
        throw new ServerFailure(
            "PostgreSQL can't be started in %s: %s".formatted(folder, e.getMessage()), e);
      } catch (RuntimeException e) {
        data.close();
        throw e;
      }
    }

    private static String newPassword() {
      var bytes = new byte[24];
      RANDOM.nextBytes(bytes);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Path defaultCache() {
      String given = System.getenv("XDG_CACHE_HOME");
      Path base =
          given == null || given.isBlank()
              ? Path.of(System.getProperty("user.home"), ".cache")
              : Path.of(given);
      return base.resolve("autopilot");
    }
  }

  Properties credentials() {
    var credentials = new Properties();
    credentials.setProperty("user", SUPERUSER);
    credentials.setProperty("password", password);
    credentials.setProperty("connectTimeout", "5");
    return credentials;
  }
}
