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
      try {
        while (true) {
          out.write(bytes(lines.take()));
          writeWaiting(out);
        }
      } catch (InterruptedException stopped) {
        writeWaiting(out);
      }
    } catch (IOException failure) {
      LOG.error("The access log can't be written; there is none from here on", failure);
    }
  }

  private void writeWaiting(OutputStream out) throws IOException {
    for (String line = lines.poll(); line != null; line = lines.poll()) {
      out.write(bytes(line));
    }
    out.flush();
  }

  private OutputStream destination() throws IOException {
    return settings.file().isPresent()
        ? new FileOutputStream(settings.file().get().toFile(), true)
        : System.out;
  }

  private static byte[] bytes(String line) {
    return line.getBytes(StandardCharsets.US_ASCII);
  }
}
