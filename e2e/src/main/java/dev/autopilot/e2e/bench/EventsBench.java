package dev.autopilot.e2e.bench;

import dev.autopilot.e2e.Client;
import dev.autopilot.e2e.Home;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;

/** How soon an event that was committed arrives, and how many a second the relay moves. */
final class EventsBench implements Benchmark {
  private static final int ARRIVALS = 300;
  private static final Duration IDLE = Duration.ofMillis(40);
  private static final int BACKLOG = 100_000;
  private static final int KEYS = 2_000;

  @Override
  public String name() {
    return "events";
  }

  @Override
  public String about() {
    return "from commit to consumer when idle; events a second through the relay, in order per key";
  }

  @Override
  public void run(Options options, PrintStream out) throws Exception {
    arrival(out);
    try (RelayRig rig = RelayRig.start(out)) {
      for (int replicas : new int[] {1, 2}) {
        rig.scaleTo(replicas);
        RelayRig.Drained drained = rig.drain(BACKLOG, KEYS);
        out.printf(
            Locale.ROOT,
            "relay, %d replica%s: %,d events in %.1f s, %,.0f a second; out of order per key: %d,"
                + " repeated: %d%n",
            replicas,
            replicas == 1 ? "" : "s",
            BACKLOG,
            drained.seconds(),
            BACKLOG / drained.seconds(),
            drained.outOfOrder(),
            drained.repeated());
      }
    }
  }

  /** People create projects, one at a time; a consumer notes when each event reaches it. */
  private static void arrival(PrintStream out) throws Exception {
    try (Home home = Home.start(out);
        KafkaConsumer<String, byte[]> consumer =
            Consumers.from("projects.events.v1", home.kafka())) {
      Client ada = signUp(Client.of(home.gateway()));
      double[] milliseconds = new double[ARRIVALS];
      for (int i = -20; i < ARRIVALS; i++) {
        ada.post("/api/projects", Map.of("name", "Project " + i)).expect(201);
        ConsumerRecord<String, byte[]> event = Consumers.next(consumer);
        Instant arrived = Instant.now();
        if (i >= 0) {
          milliseconds[i] = Duration.between(told(event), arrived).toNanos() / 1e6;
        }
        LockSupport.parkNanos(IDLE.toNanos());
      }
      out.printf(
          "%narrival, idle, from the event's own time, shortly before its commit: %s%n",
          new Figures(milliseconds));
    }
  }

  private static Instant told(ConsumerRecord<String, byte[]> event) {
    Header time = event.headers().lastHeader("ce_time");
    return Instant.parse(new String(time.value(), StandardCharsets.UTF_8));
  }

  private static Client signUp(Client anybody) {
    String token =
        anybody
            .post(
                "/api/auth/register",
                Map.of(
                    "email",
                    "bench." + UUID.randomUUID() + "@example.com",
                    "password",
                    "an uncommon password indeed",
                    "name",
                    "Bench"))
            .expect(201)
            .text("accessToken");
    return anybody.signedInWith(token);
  }
}
