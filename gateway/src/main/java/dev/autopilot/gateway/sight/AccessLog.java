package dev.autopilot.gateway.sight;

import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.Watcher;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes the access log from a thread of its own: a slow disk or terminal costs lines, which are
 * counted, and never requests.
 */
@ApplicationScoped
class AccessLog implements Watcher {
  private static final Logger LOG = Logger.getLogger(AccessLog.class);
  private static final int BUFFER = 64 * 1024;
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int AT_ONCE = 512;

  private final AccessLogSettings settings;
  private final Clock clock;
  private final BlockingQueue<String> lines;
  private final Counter dropped;
  private @Nullable Thread writer;

  AccessLog(AccessLogSettings settings, Clock clock, MeterRegistry meters) {
    this.settings = settings;
    this.clock = clock;
    this.lines = new ArrayBlockingQueue<>(settings.queue());
    this.dropped = meters.counter("gateway.access.log.dropped");
  }

  void start(@Observes StartupEvent event) {
    if (settings.enabled()) {
      writer = Thread.ofPlatform().daemon().name("access-log").start(this::write);
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    if (writer != null) {
      writer.interrupt();
      writer.join(1_000);
    }
  }

  @Override
  public void over(Exchange exchange, int status, long nanos) {
    if (settings.enabled()
        && !lines.offer(AccessLine.of(exchange, status, nanos, clock.instant()))) {
      dropped.increment();
    }
  }

  private void write() {
    try (OutputStream out = new BufferedOutputStream(destination(), BUFFER)) {
      boolean stopping = false;
      while (!stopping) {
        stopping = !pause();
        writeWaiting(out);
      }
    } catch (IOException failure) {
      LOG.error("The access log can't be written; there is none from here on", failure);
    }
  }

  /** Looks now and then, since being woken for each line costs the event loops more than lines. */
  private static boolean pause() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException stopped) {
      return false;
    }
  }

  private void writeWaiting(OutputStream out) throws IOException {
    List<String> some = new ArrayList<>(AT_ONCE);
    while (lines.drainTo(some, AT_ONCE) > 0) {
      for (String line : some) {
        out.write(line.getBytes(StandardCharsets.US_ASCII));
      }
      some.clear();
    }
    out.flush();
  }

  private OutputStream destination() throws IOException {
    return settings.file().isPresent()
        ? new FileOutputStream(settings.file().get().toFile(), true)
        : System.out;
  }
}
