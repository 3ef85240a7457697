package dev.autopilot.e2e.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The gateway beside nginx before the same tiny upstream, and streams of events through it. */
final class GatewayBench implements Benchmark {
  private static final int ROUNDS = 3;
  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final Duration ROUND = Duration.ofSeconds(5);
  private static final int EVENTS = 500;
  private static final int IDLE_STREAMS = 5_000;
  private static final String PATH = "/api/records";
  private static final String STREAM = "/api/chat/stream/1";

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public String about() {
    return "the gateway beside nginx, and 5,000 streams through it (needs wrk and nginx)";
  }

  @Override
  public void run(PrintStream out) throws Exception {
    try (EventSource events = new EventSource();
        GatewayRig rig = GatewayRig.start(events.port(), out)) {
      String token = rig.token();
      compare(rig, token, out);
      health(rig, token, out);
      latencyOfEvents(rig, events, token, out);
      idleStreams(rig, events, token, out);
    }
  }

  /** Alternating, so that what else happens on the machine happens to both. */
  private static void compare(GatewayRig rig, String token, PrintStream out) throws Exception {
    Wrk.run(rig.throughGateway(PATH), 10, WARM_UP, token);
    Wrk.run(rig.throughGateway(PATH), 100, WARM_UP, token);
    for (int connections : new int[] {10, 100}) {
      List<Wrk> gateway = new ArrayList<>();
      List<Wrk> nginx = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        gateway.add(Wrk.run(rig.throughGateway(PATH), connections, ROUND, token));
        nginx.add(Wrk.run(rig.throughNginx(PATH), connections, ROUND, token));
      }
      Wrk ours = middle(gateway);
      Wrk theirs = middle(nginx);
      tell(out, "gateway", connections, ours);
      tell(out, "nginx", connections, theirs);
      out.printf(
          Locale.ROOT,
          "gateway/nginx at %d connections: %.0f %%%n",
          connections,
          100 * ours.perSecond() / theirs.perSecond());
    }
  }

  private static void health(GatewayRig rig, String token, PrintStream out) throws Exception {
    URI health = rig.throughGateway("/api/health");
    tell(out, "gateway /api/health", 10, Wrk.run(health, 10, ROUND, token));
    Wrk.output(List.of("ab", "-q", "-n", "1000", "-c", "10", health.toString()))
        .lines()
        .filter(line -> line.startsWith("Requests per second") || line.startsWith("Failed"))
        .forEach(line -> out.println("ab -n 1000 -c 10 " + line));
  }

  private static void latencyOfEvents(
      GatewayRig rig, EventSource events, String token, PrintStream out) throws Exception {
    Figures direct =
        latency(URI.create("http://127.0.0.1:" + events.port() + STREAM), events, token);
    Figures through = latency(rig.throughGateway(STREAM), events, token);
    out.println("an event directly: " + direct);
    out.println("an event through the gateway: " + through);
    out.printf(
        Locale.ROOT,
        "added at the median: %.2f ms%n",
        through.percentile(50) - direct.percentile(50));
  }

  private static Figures latency(URI stream, EventSource events, String token) throws Exception {
    int before = events.listeners();
    double[] millis = new double[EVENTS];
    try (EventSource.Listener listener = EventSource.listen(stream, token)) {
      await(events, before + 1);
      for (int i = 0; i < EVENTS; i++) {
        long sent = System.nanoTime();
        events.tell(Integer.toString(i));
        listener.next();
        millis[i] = (System.nanoTime() - sent) / 1e6;
      }
    }
    events.forget();
    return new Figures(millis);
  }

  private static void idleStreams(GatewayRig rig, EventSource events, String token, PrintStream out)
      throws Exception {
    long before = rig.residentMegabytes();
    List<EventSource.Listener> listeners = new ArrayList<>();
    try {
      for (int i = 0; i < IDLE_STREAMS; i++) {
        listeners.add(EventSource.listen(rig.throughGateway(STREAM), token));
        if (i % 100 == 99) {
          await(events, i + 1);
        }
      }
      await(events, IDLE_STREAMS);
      long held = rig.residentMegabytes();
      events.tell("hello");
      for (EventSource.Listener listener : listeners) {
        listener.next();
      }
      out.printf(
          "%d idle streams held; each heard an event; resident %d MB before, %d MB with them%n",
          IDLE_STREAMS, before, held);
    } finally {
      for (EventSource.Listener listener : listeners) {
        listener.close();
      }
    }
  }

  private static void await(EventSource events, int listeners) throws IOException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (events.listeners() < listeners) {
      if (System.nanoTime() > deadline) {
        throw new IOException(events.listeners() + " streams are open, not " + listeners);
      }
      Thread.onSpinWait();
    }
  }

  private static Wrk middle(List<Wrk> rounds) {
    rounds.sort(Comparator.comparingDouble(Wrk::perSecond));
    return rounds.get(rounds.size() / 2);
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
