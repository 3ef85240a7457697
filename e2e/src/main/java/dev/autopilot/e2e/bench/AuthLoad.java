package dev.autopilot.e2e.bench;

import dev.autopilot.e2e.Client;
import dev.autopilot.e2e.auth.AuthReplicas;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/** People who sign in and refresh at one replica of auth-service, and what that costs. */
final class AuthLoad {
  private static final String PASSWORD = "an uncommon password indeed";
  private static final String METRIC = "auth_password_hashing_seconds_";

  private final AuthReplicas rig;
  private final AuthReplicas.Replica replica;
  private final Client client;
  private final List<Device> devices = new ArrayList<>();

  /** Somebody's device. Its refreshes follow each other: each needs the token of the one before. */
  private static final class Device {
    final String email;
    final ReentrantLock turn = new ReentrantLock();
    String refreshToken;

    Device(String email, String refreshToken) {
      this.email = email;
      this.refreshToken = refreshToken;
    }
  }

  AuthLoad(AuthReplicas rig, AuthReplicas.Replica replica, int people) {
    this.rig = rig;
    this.replica = replica;
    this.client = Client.of(replica.address());
    for (int i = 0; i < people; i++) {
      String email = "bench." + UUID.randomUUID() + "@example.com";
      devices.add(
          new Device(
              email,
              client
                  .post(
                      "/api/auth/register",
                      Map.of("email", email, "password", PASSWORD, "name", "Bench"))
                  .expect(201)
                  .text("refreshToken")));
    }
  }

  /**
   * What a number of calls took.
   *
   * @param service seconds of processor of auth-service
   * @param database the same of PostgreSQL
   * @param statements sent to PostgreSQL, by everybody, beside begin and commit
   */
  record Cost(int calls, double seconds, double service, double database, double statements) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.0f/s; processor each: auth %.2f ms, PostgreSQL %.2f ms, so %.0f a second and core of"
              + " auth; %.1f SQL statements each, those of the relay included",
          calls / seconds,
          service / calls * 1_000,
          database / calls * 1_000,
          calls / service,
          statements / calls);
    }
  }

  void signIn(int number) {
    client
        .post("/api/auth/login", Map.of("email", device(number).email, "password", PASSWORD))
        .expect(200);
  }

  void refresh(int number) {
    Device device = device(number);
    device.turn.lock();
    try {
      device.refreshToken =
          client
              .post("/api/auth/refresh", Map.of("refreshToken", device.refreshToken))
              .expect(200)
              .text("refreshToken");
    } finally {
      device.turn.unlock();
    }
  }

  /** As many clients as told, each of which calls again as soon as it was answered. */
  Cost run(int clients, Duration length, IntConsumer call)
      throws SQLException, InterruptedException, ExecutionException {
    AtomicInteger calls = new AtomicInteger();
    double service = ProcessorTime.seconds(replica.pid());
    double database = ProcessorTime.seconds(rig.postgresPid());
    double statements = statements();
    long start = System.nanoTime();
    long end = start + length.toNanos();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        running.add(
            threads.submit(() -> {
              while (System.nanoTime() < end) {
                call.accept(calls.getAndIncrement());
              }
            }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    return new Cost(
        calls.get(),
        (System.nanoTime() - start) / 1e9,
        ProcessorTime.seconds(replica.pid()) - service,
        ProcessorTime.seconds(rig.postgresPid()) - database,
        statements() - statements);
  }

  /** By the service's own metrics, over all hashes so far. */
  double hashMilliseconds() {
    String metrics = Client.of(replica.management()).get("/q/metrics").expect(200).body();
    return metric(metrics, "sum") / metric(metrics, "count") * 1_000;
  }

  private static double metric(String metrics, String which) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(METRIC + which))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private Device device(int number) {
    return devices.get(number % devices.size());
  }

  private double statements() throws SQLException {
    try (Connection connection = rig.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select sum(calls) from public.pg_stat_statements"
                    + " where query not ilike 'begin%' and query not ilike 'commit%'")) {
      rows.next();
      return rows.getDouble(1);
    }
  }
}
