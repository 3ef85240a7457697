package dev.autopilot.e2e.bench;

import dev.autopilot.e2e.gateway.GatewayProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The gateway beside nginx before the same tiny upstream, its health beside a server of the kind
 * that it replaces, and streams of events through it.
 */
final class GatewayBench implements Benchmark {
  private static final int ROUNDS = 3;
  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final Duration ROUND = Duration.ofSeconds(4);
  private static final String PATH = "/api/records";
  private static final String HEALTH = "/api/health";

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public String about() {
    return "the gateway beside nginx and FastAPI, and 5,000 streams through it (needs wrk, nginx, ab)";
  }

  @Override
  public void run(Options options, PrintStream out) throws Exception {
    Programs.require("wrk", "wrk");
    Programs.require("nginx", "nginx");
    Programs.require("ab", "apache2-utils");
    try (EventSource events = new EventSource();
        GatewayRig rig = new GatewayRig(events.port(), out)) {
      String token = rig.token();
      besideNginx(rig, token, out);
      besideTheOldServer(rig, token, out);
      for (Map.Entry<String, GatewayProcess> gateway : rig.gateways().entrySet()) {
        new StreamTrial(gateway.getKey(), gateway.getValue(), events, token, out).run();
      }
    }
  }

  private static void besideNginx(GatewayRig rig, String token, PrintStream out) throws Exception {
    Map<String, URI> targets = new LinkedHashMap<>();
    rig.gateways().forEach((name, gateway) -> targets.put(name, gateway.at(PATH)));
    for (URI gateway : targets.values()) {
      Wrk.run(gateway, 10, WARM_UP, token);
      Wrk.run(gateway, 100, WARM_UP, token);
    }
    targets.put("nginx", rig.throughNginx(PATH));
    for (int connections : new int[] {10, 100}) {
      Map<String, Wrk> middle = wrk(targets, connections, token);
      middle.forEach((name, run) -> tell(out, name, connections, run));
      double nginx = rate(middle, "nginx");
      for (String gateway : rig.gateways().keySet()) {
        out.printf(
            Locale.ROOT,
            "%s/nginx at %d connections: %.0f %%%n",
            gateway,
            connections,
            100 * rate(middle, gateway) / nginx);
      }
    }
  }

  private static void besideTheOldServer(GatewayRig rig, String token, PrintStream out)
      throws Exception {
    List<String> missing = OldServer.missingPackages();
    if (!missing.isEmpty()) {
      out.println("FastAPI: not measured; missing are Debian's " + String.join(", ", missing));
      return;
    }
    int processors = Runtime.getRuntime().availableProcessors();
    try (OldServer alone = OldServer.start(rig.folder(), 1);
        OldServer many = OldServer.start(rig.folder(), processors)) {
      Map<String, URI> targets = new LinkedHashMap<>();
      rig.gateways().forEach((name, gateway) -> targets.put(name + " health", gateway.at(HEALTH)));
      targets.put("FastAPI health, 1 worker", alone.health());
      targets.put("FastAPI health, " + processors + " workers", many.health());
      for (URI target : targets.values()) {
        Wrk.run(target, 10, Duration.ofSeconds(2), token);
      }
      wrk(targets, 10, token).forEach((name, run) -> tell(out, name, 10, run));
      ab(targets, out);
    }
  }

  /** Alternating, so that what else happens on the machine happens to all. */
  private static Map<String, Wrk> wrk(Map<String, URI> targets, int connections, String token)
      throws IOException, InterruptedException {
    Map<String, List<Wrk>> runs = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, URI> target : targets.entrySet()) {
        runs.computeIfAbsent(target.getKey(), first -> new ArrayList<>())
            .add(Wrk.run(target.getValue(), connections, ROUND, token));
      }
    }
    Map<String, Wrk> middle = new LinkedHashMap<>();
    runs.forEach((name, all) -> {
      all.sort(Comparator.comparingDouble(Wrk::perSecond));
      middle.put(name, all.get(all.size() / 2));
    });
    return middle;
  }

  /** The old server's own benchmark; so short that the middle of nine is taken. */
  private static void ab(Map<String, URI> targets, PrintStream out)
      throws IOException, InterruptedException {
    Map<String, List<Double>> runs = new LinkedHashMap<>();
    for (int round = 0; round < 9; round++) {
      for (Map.Entry<String, URI> target : targets.entrySet()) {
        runs.computeIfAbsent(target.getKey(), first -> new ArrayList<>())
            .add(Ab.perSecond(target.getValue()));
      }
    }
    runs.forEach((name, all) -> {
      all.sort(Comparator.naturalOrder());
      out.printf(
          Locale.ROOT, "ab -n 1000 -c 10, %s: %.0f requests/s%n", name, all.get(all.size() / 2));
    });
  }

  private static double rate(Map<String, Wrk> runs, String name) {
    Wrk run = runs.get(name);
    return run == null ? Double.NaN : run.perSecond();
  }

  private static void tell(PrintStream out, String what, int connections, Wrk run) {
    out.printf(
        Locale.ROOT,
        "%s, %d connections: %.0f requests/s, median %s, p99 %s%n",
        what,
        connections,
        run.perSecond(),
        run.median(),
        run.p99());
  }
}
