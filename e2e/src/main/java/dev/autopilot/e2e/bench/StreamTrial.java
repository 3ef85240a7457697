package dev.autopilot.e2e.bench;

import dev.autopilot.e2e.gateway.GatewayProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Server-sent events through one gateway: what it adds to each, and what idle streams cost. */
final class StreamTrial {
  private static final int EVENTS = 500;
  private static final int IDLE_STREAMS = 5_000;
  private static final String STREAM = "/api/chat/stream/1";

  private final String name;
  private final GatewayProcess gateway;
  private final EventSource events;
  private final String token;
  private final PrintStream out;

  StreamTrial(
      String name, GatewayProcess gateway, EventSource events, String token, PrintStream out) {
    this.name = name;
    this.gateway = gateway;
    this.events = events;
    this.token = token;
    this.out = out;
  }

  void run() throws Exception {
    events.forget();
    latency();
    idleStreams();
    events.forget();
  }

  private void latency() throws Exception {
    Figures direct = latency(URI.create("http://127.0.0.1:" + events.port() + STREAM));
    Figures through = latency(gateway.at(STREAM));
    out.println("an event directly: " + direct);
    out.printf("an event through the gateway, %s: %s%n", name, through);
    out.printf(
        Locale.ROOT,
        "added at the median: %.2f ms%n",
        through.percentile(50) - direct.percentile(50));
  }

  private Figures latency(URI stream) throws Exception {
    int before = events.listeners();
    double[] millis = new double[EVENTS];
    try (EventSource.Listener listener = EventSource.listen(stream, token)) {
      await(before + 1);
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

  private void idleStreams() throws Exception {
    long before = gateway.residentMegabytes();
    List<EventSource.Listener> listeners = new ArrayList<>();
    try {
      for (int i = 0; i < IDLE_STREAMS; i++) {
        listeners.add(EventSource.listen(gateway.at(STREAM), token));
        if (i % 100 == 99) {
          await(i + 1);
        }
      }
      await(IDLE_STREAMS);
      long held = gateway.residentMegabytes();
      events.tell("hello");
      for (EventSource.Listener listener : listeners) {
        listener.next();
      }
      out.printf(
          "%s: %d idle streams held; each heard an event; resident %d MB before, %d MB with them%n",
          name, IDLE_STREAMS, before, held);
    } finally {
      for (EventSource.Listener listener : listeners) {
        listener.close();
      }
    }
  }

  private void await(int listeners) throws IOException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (events.listeners() < listeners) {
      if (System.nanoTime() > deadline) {
        throw new IOException(events.listeners() + " streams are open, not " + listeners);
      }
      Thread.onSpinWait();
    }
  }
}
