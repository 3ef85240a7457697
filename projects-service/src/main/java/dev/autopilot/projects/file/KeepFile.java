package dev.autopilot.projects.file;

import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.kernel.Ids;
import dev.autopilot.projects.project.ProjectAccess;
import dev.autopilot.projects.project.Role;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.tika.Tika;
import org.jspecify.annotations.Nullable;

/**
 * Takes files in and lets them go. Content is written first and named after; what a crash leaves
 * without a name is noted beforehand, and collected.
 */
@ApplicationScoped
class KeepFile {
  private final Files files;
  private final FileStore store;
  private final FileSettings settings;
  private final ProjectAccess projects;
  private final Outbox outbox;
  private final Clock clock;
  private final Tika tika = new Tika();

  KeepFile(
      Files files,
      FileStore store,
      FileSettings settings,
      ProjectAccess projects,
      Outbox outbox,
      Clock clock) {
    this.files = files;
    this.store = store;
    this.settings = settings;
    this.projects = projects;
    this.outbox = outbox;
    this.clock = clock;
  }

  FileView keep(UUID userId, @Nullable UUID projectId, @Nullable String name, InputStream content)
      throws IOException {
    String harmless = FileNames.of(name);
    requireAccess(userId, projectId);
    UUID id = Ids.next();
    files.announce(id);
    store.write(id.toString(), 0, new CountingStream(content, settings.largest().asLongValue()));
    return name(id, userId, projectId, harmless);
  }

  void requireAccess(UUID userId, @Nullable UUID projectId) {
    if (projectId != null) {
      UUID _ = projects.ownerFor(userId, projectId, Role.EDITOR);
    }
  }

  /** Makes a file of content that is all there, by what it is and not by what it is called. */
  FileView name(UUID id, UUID userId, @Nullable UUID projectId, String name) throws IOException {
    CountingStream counted =
        new CountingStream(store.read(id.toString(), 0, Long.MAX_VALUE), Long.MAX_VALUE);
    String type;
    try (BufferedInputStream content = new BufferedInputStream(counted, 1 << 16)) {
      type = tika.detect(content);
      long _ = content.transferTo(OutputStream.nullOutputStream());
    }
    FileView file =
        new FileView(
            id,
            name,
            type,
            counted.size(),
            counted.sha256(),
            projectId,
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    QuarkusTransaction.joiningExisting()
        .run(() -> {
          if (files.sizeOf(userId) + file.size() > settings.quota().asLongValue()) {
            throw FileError.QUOTA_EXCEEDED.problem();
          }
          files.add(file, userId);
          outbox.append(new FileCreated(id, name, projectId, file.size(), userId));
        });
    return file;
  }

  void delete(UUID userId, UUID fileId) {
    QuarkusTransaction.joiningExisting()
        .run(() -> {
          FileView file = files.seenBy(userId, fileId);
          requireAccess(userId, file.projectId());
          files.delete(fileId);
          outbox.append(
              new FileDeleted(fileId, file.name(), file.projectId(), file.size(), userId));
        });
  }
}
