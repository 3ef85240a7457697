package dev.autopilot.projects.transfer;

import dev.autopilot.events.worker.Worker;
import dev.autopilot.kernel.Ids;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Works through the imports that wait, one at a time in each replica: woken by an upload to this
 * one, and looking around now and then for what another replica took in or left behind. When one
 * fails, its lease runs out and it is taken up where it stands.
 */
@ApplicationScoped
class ImportWorker {
  private static final Duration LOOK_AROUND = Duration.ofSeconds(3);

  private final Imports imports;
  private final RunImport runImport;
  private final UUID self = Ids.next();
  private @Nullable Worker worker;

  ImportWorker(Imports imports, RunImport runImport) {
    this.imports = imports;
    this.runImport = runImport;
  }

  void onStart(@Observes StartupEvent start) {
    worker = Worker.start("imports", LOOK_AROUND, this::workOff);
  }

  void onStop(@Observes ShutdownEvent stop) {
    if (worker != null) {
      worker.close();
    }
  }

  void onFile(@Observes(during = TransactionPhase.AFTER_SUCCESS) ImportQueued queued) {
    if (worker != null) {
      worker.wake();
    }
  }

  /** A job's row has been written; told within this process, to whoever would hurry. */
  record ImportQueued(UUID importId) {}

  private void workOff() throws IOException {
    for (ImportJob job = imports.claim(self); job != null; job = imports.claim(self)) {
      runImport.run(job, self);
    }
  }
}
