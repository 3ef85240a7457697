package dev.autopilot.projects.benchmark;

import dev.autopilot.embedded.EmbeddedPostgres;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two layouts at two scales each: a database of a million records beside one of ten thousand, and a
 * create in an installation of one database against one of ten thousand. Data is synced to disk.
 *
 * <p>Arguments: a folder with a few free gigabytes, the large database's records, the databases.
 */
public final class StorageBenchmark {
  private static final PrintStream OUT = System.out;
  private static final int SMALL = 10_000;
  private static final int ROUNDS = 300;
  private static final Pattern NAMED = Pattern.compile("\\$(id|name|code|status|amount|day)");

  private final Layout layout;
  private final Connection connection;
  private final Random random = new Random(1);

  private StorageBenchmark(Layout layout, Connection connection) {
    this.layout = layout;
    this.connection = connection;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "storage-benchmark-");
    int large = Integer.parseInt(arguments[1]);
    int databases = Integer.parseInt(arguments[2]);
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.in(folder)
            .setting("shared_buffers", "512MB")
            .setting("max_wal_size", "4GB")
            .start()) {
      for (Layout layout : List.of(new TablePerDatabase(), new TypedIndexTables())) {
        try (Connection connection =
            DriverManager.getConnection(
                postgres.jdbcUrl("postgres"), postgres.username(), postgres.password())) {
          OUT.printf("%n== %s%n", layout.name());
          new StorageBenchmark(layout, connection).run(large, databases);
        }
      }
    }
  }

  private void run(int large, int databases) throws SQLException {
    execute(layout.setup());
    execute(layout.database(1, false));
    execute(layout.database(2, false));
    execute(layout.fill(1, SMALL));
    creates("create, one database of 10,000 records", 1, 1);
    timed("fill " + large, () -> execute(layout.fill(2, large)));
    execute(List.of("vacuum analyze"));
    for (int warm = 0; warm < 2; warm++) {
      OUT.println(warm == 0 ? "-- cold" : "-- warm");
      for (int database = 1; database <= 2; database++) {
        String of = database == 1 ? SMALL + " records" : large + " records";
        pages("sorted page, " + of, layout.sorted(database), false, false);
        pages("deep page, " + of, layout.deep(database), true, true);
        pages("filtered page, " + of, layout.filtered(database), true, false);
        reads("read, " + of, database);
        creates("create, " + of, database, database);
      }
    }
    timed(
        "make " + databases + " databases",
        () -> {
          for (int number = 3; number <= databases; number++) {
            execute(layout.database(number, number > 1_002));
          }
        });
    creates("create in one of " + databases + " databases, always the same", 1, 1);
    creates("create, each in another of a thousand databases with indexes", 3, 1_002);
    creates("create, the same again", 3, 1_002);
  }

  private interface Work {
    void run() throws SQLException;
  }

  private static void timed(String what, Work work) throws SQLException {
    long start = System.nanoTime();
    work.run();
    OUT.printf("%-62s %,10.1f s%n", what, (System.nanoTime() - start) / 1e9);
  }

  private void pages(String what, String sql, boolean amount, boolean id) throws SQLException {
    long[] times = new long[ROUNDS];
    try (PreparedStatement page = connection.prepareStatement(sql)) {
      for (int i = 0; i < ROUNDS; i++) {
        if (amount) {
          page.setBigDecimal(1, BigDecimal.valueOf(random.nextInt(1_000_000), 2));
        }
        if (id) {
          page.setObject(2, new UUID(0x0198_0000_0000_7000L, random.nextLong()));
        }
        long start = System.nanoTime();
        try (ResultSet rows = page.executeQuery()) {
          while (rows.next()) {
            String _ = rows.getString("data");
          }
        }
        times[i] = System.nanoTime() - start;
      }
    }
    report(what, times);
  }

  private void reads(String what, int database) throws SQLException {
    long[] times = new long[ROUNDS];
    try (PreparedStatement page = connection.prepareStatement(layout.deep(database));
        PreparedStatement read = connection.prepareStatement(layout.read(database))) {
      for (int i = 0; i < ROUNDS; i++) {
        page.setBigDecimal(1, BigDecimal.valueOf(random.nextInt(900_000), 2));
        page.setObject(2, new UUID(0, 0));
        UUID id;
        try (ResultSet rows = page.executeQuery()) {
          rows.next();
          id = rows.getObject("id", UUID.class);
        }
        read.setObject(1, id);
        long start = System.nanoTime();
        try (ResultSet row = read.executeQuery()) {
          row.next();
          String _ = row.getString("data");
        }
        times[i] = System.nanoTime() - start;
      }
    }
    report(what, times);
  }

  /** Each its own transaction, as the service would have it. */
  private void creates(String what, int from, int to) throws SQLException {
    int rounds = Math.max(ROUNDS, to - from + 1);
    long[] times = new long[rounds];
    connection.setAutoCommit(false);
    for (int i = 0; i < rounds; i++) {
      int number = from + i % (to - from + 1);
      UUID id = UUID.randomUUID();
      long start = System.nanoTime();
      for (String sql : layout.create(number, false)) {
        insert(sql, id);
      }
      connection.commit();
      times[i] = System.nanoTime() - start;
    }
    connection.setAutoCommit(true);
    report(what, times);
  }

  private void insert(String sql, UUID id) throws SQLException {
    Matcher named = NAMED.matcher(sql);
    List<String> order =
        sql.contains("$")
            ? named.results().map(match -> match.group(1)).toList()
            : List.of("id", "name", "code", "status", "amount", "day");
    try (PreparedStatement insert =
        connection.prepareStatement(NAMED.matcher(sql).replaceAll("?"))) {
      for (int i = 0; i < order.size(); i++) {
        switch (order.get(i)) {
          case "id" -> insert.setObject(i + 1, id);
          case "amount" ->
              insert.setBigDecimal(i + 1, BigDecimal.valueOf(random.nextInt(1_000_000), 2));
          case "status" -> insert.setString(i + 1, "open");
          case "day" -> insert.setString(i + 1, "2026-01-01");
          default -> insert.setString(i + 1, order.get(i) + id);
        }
      }
      insert.executeUpdate();
    }
  }

  private void execute(List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        boolean _ = statement.execute(sql);
      }
    }
  }

  private static void report(String what, long[] times) {
    Arrays.sort(times);
    OUT.printf(
        "%-62s p50 %8.2f ms  p99 %8.2f ms%n",
        what, times[times.length / 2] / 1e6, times[(int) (times.length * 0.99)] / 1e6);
  }
}
