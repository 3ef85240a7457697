package dev.autopilot.projects.transfer;

import dev.autopilot.kernel.Ids;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Works through the imports that wait, one at a time in each replica: woken by an upload to this
 * one, and looking around now and then for what another replica took in or left behind.
 */
@ApplicationScoped
class ImportWorker {
  private static final Logger LOG = Logger.getLogger(ImportWorker.class);
  private static final Duration LOOK_AROUND = Duration.ofSeconds(3);

  private final Imports imports;
  private final RunImport runImport;
  private final UUID self = Ids.next();
  private final Semaphore work = new Semaphore(0);
  private @Nullable Thread thread;

  ImportWorker(Imports imports, RunImport runImport) {
    this.imports = imports;
    this.runImport = runImport;
  }

  void onStart(@Observes StartupEvent start) {
    thread = Thread.ofVirtual().name("imports").start(this::loop);
  }

  void onStop(@Observes ShutdownEvent stop) throws InterruptedException {
    if (thread != null) {
      thread.interrupt();
      boolean _ = thread.join(Duration.ofSeconds(5));
    }
  }

  void wake() {
    work.release();
  }

  private void loop() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        boolean _ = work.tryAcquire(LOOK_AROUND.toMillis(), TimeUnit.MILLISECONDS);
        work.drainPermits();
        workOff();
      } catch (InterruptedException stopped) {
        return;
      } catch (IOException | RuntimeException failure) {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        // The lease runs out and the job is taken up where it stands.
        LOG.warnf(failure, "An import was interrupted and will be taken up again");
      }
    }
  }

  private void workOff() throws IOException {
    for (ImportJob job = imports.claim(self); job != null; job = imports.claim(self)) {
      runImport.run(job, self);
    }
  }
}
