package dev.autopilot.e2e.bench;

import dev.autopilot.e2e.auth.AuthReplicas;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Sign-ins and refreshes: how many a second and core, and how long a refresh takes. */
final class AuthBench implements Benchmark {
  private static final int SECONDS = 8;
  private static final int ROUNDS = 3;
  private static final int PEOPLE = 64;
  private static final int CLIENTS = 8;
  private static final int RATE = 200;

  private static final List<Flags> FLAGS =
      List.of(
          new Flags("quick to start and small, as ./autopilot up starts it (C1 alone)", true),
          new Flags("quick in the long run, as a server is started (C1 and C2)", false));

  /** How the JVM is started. */
  private record Flags(String what, boolean onlyC1) {
    List<String> jvm() {
      List<String> options =
          new ArrayList<>(
              List.of("-Xmx160m", "-Xmn10m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"));
      if (onlyC1) {
        options.add("-XX:TieredStopAtLevel=1");
      }
      return options;
    }
  }

  @Override
  public String name() {
    return "auth";
  }

  @Override
  public String about() {
    return "sign-ins and refreshes a second and core; how long a refresh takes at 200 a second";
  }

  @Override
  public List<String> options() {
    return List.of("--seconds");
  }

  @Override
  public void run(Options options, PrintStream out) throws Exception {
    Duration length = Duration.ofSeconds(options.size("--seconds", SECONDS));
    out.println(
        "auth: one JVM, passwords as Argon2id with 19 MiB, t=2, p=1; PostgreSQL with fsync on, Kafka and"
            + " the clients on the same machine");
    try (AuthReplicas rig = AuthReplicas.none()) {
      for (Flags flags : FLAGS) {
        out.printf("%n%s: %s%n", flags.what(), String.join(" ", flags.jvm()));
        measure(rig, flags.jvm(), length, out);
        rig.stopReplicas();
      }
    }
  }

  private static void measure(
      AuthReplicas rig, List<String> flags, Duration length, PrintStream out) throws Exception {
    AuthReplicas.Replica replica = rig.start(1, flags, Map.of()).getFirst();
    AuthLoad load = new AuthLoad(rig, replica, PEOPLE);
    load.run(CLIENTS, length, load::signIn);
    for (int round = 0; round < ROUNDS; round++) {
      out.printf("  sign-ins   %s%n", load.run(CLIENTS, length, load::signIn));
    }
    load.run(CLIENTS, length, load::refresh);
    for (int round = 0; round < ROUNDS; round++) {
      out.printf("  refreshes  %s%n", load.run(CLIENTS, length, load::refresh));
    }
    for (int round = 0; round < ROUNDS; round++) {
      OpenLoop.Outcome steady = OpenLoop.run(RATE, length.multipliedBy(2), load::refresh);
      out.printf(
          Locale.ROOT,
          "  refreshes at %d/s for %d s: %s; failed: %d%n",
          RATE,
          2 * length.toSeconds(),
          steady.latency(),
          steady.failed());
    }
    out.printf(
        Locale.ROOT,
        "  a hash took %.1f ms on average, the first ones included; resident at last: %d MB%n",
        load.hashMilliseconds(),
        replica.residentMegabytes());
  }
}
