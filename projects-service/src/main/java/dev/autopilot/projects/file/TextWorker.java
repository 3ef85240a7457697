package dev.autopilot.projects.file;

import dev.autopilot.events.worker.Worker;
import dev.autopilot.projects.file.FileTexts.Task;
import dev.autopilot.projects.file.text.ReadText;
import dev.autopilot.projects.file.text.Reading;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text in files that have come in, one at a time in each replica. A file that was being
 * read when the process died is due again; one that took it along several times is given up.
 */
@ApplicationScoped
class TextWorker {
  private static final Duration LOOK_AROUND = Duration.ofSeconds(5);

  private final FileTexts texts;
  private final FileContents contents;
  private final FileSettings.Text settings;
  private final ReadText readText;
  private @Nullable Worker worker;

  TextWorker(FileTexts texts, FileContents contents, FileSettings settings) {
    this.texts = texts;
    this.contents = contents;
    this.settings = settings.text();
    this.readText =
        new ReadText(
            this.settings.timeout(),
            this.settings.largestUnpacked().asLongValue(),
            this.settings.largestText());
  }

  void onStart(@Observes StartupEvent start) {
    worker = Worker.start("texts of files", LOOK_AROUND, this::workOff);
  }

  void onStop(@Observes ShutdownEvent stop) {
    if (worker != null) {
      worker.close();
    }
  }

  void onFile(@Observes(during = TransactionPhase.AFTER_SUCCESS) FileAdded added) {
    if (worker != null) {
      worker.wake();
    }
  }

  /** A file's row has been written; told within this process, to whoever would hurry. */
  record FileAdded(UUID fileId) {}

  private void workOff() throws IOException, InterruptedException {
    // Twice the time it may take, since fetching the content takes some too.
    Duration lease = settings.timeout().multipliedBy(2).plusSeconds(60);
    for (Task task = texts.claim(lease); task != null; task = texts.claim(lease)) {
      work(task);
    }
  }

  private void work(Task task) throws IOException, InterruptedException {
    if (task.attempt() > settings.attempts()) {
      texts.end(task.fileId(), TextStatus.FAILED);
      return;
    }
    if (!ReadText.reads(task.contentType()) || task.size() > settings.largestFile().asLongValue()) {
      texts.end(task.fileId(), TextStatus.NONE);
      return;
    }
    Path copy = java.nio.file.Files.createTempFile("autopilot-text-", null);
    try {
      try (InputStream content = contents.read(task.fileId())) {
        long _ = java.nio.file.Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      keep(task.fileId(), readText.read(task.contentType(), copy));
    } finally {
      boolean _ = java.nio.file.Files.deleteIfExists(copy);
    }
  }

  private void keep(UUID fileId, Reading reading) {
    switch (reading.outcome()) {
      case WHOLE -> texts.keep(fileId, TextStatus.READY, reading.text());
      case CUT -> texts.keep(fileId, TextStatus.TRUNCATED, reading.text());
      case NONE -> texts.end(fileId, TextStatus.NONE);
      case FAILED -> texts.end(fileId, TextStatus.FAILED);
    }
  }
}
