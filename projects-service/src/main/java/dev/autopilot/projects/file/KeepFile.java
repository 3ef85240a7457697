package dev.autopilot.projects.file;

import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.kernel.Ids;
import dev.autopilot.projects.file.FileContents.Piece;
import dev.autopilot.projects.file.TextWorker.FileAdded;
import dev.autopilot.projects.project.ProjectAccess;
import dev.autopilot.projects.project.Role;
import dev.autopilot.projects.record.DeleteRecords;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes files in and lets them go. Content is written first and named after. */
@ApplicationScoped
class KeepFile {
  private final Files files;
  private final FileContents contents;
  private final FileSettings settings;
  private final ProjectAccess projects;
  private final DeleteRecords records;
  private final Outbox outbox;
  private final Event<FileAdded> added;
  private final Clock clock;

  KeepFile(
      Files files,
      FileContents contents,
      FileSettings settings,
      ProjectAccess projects,
      DeleteRecords records,
      Outbox outbox,
      Event<FileAdded> added,
      Clock clock) {
    this.files = files;
    this.contents = contents;
    this.settings = settings;
    this.projects = projects;
    this.records = records;
    this.outbox = outbox;
    this.added = added;
    this.clock = clock;
  }

  /**
   * @param size as far as it is known; what doesn't fit is refused before it is written
   */
  FileView keep(
      UUID userId, @Nullable UUID projectId, @Nullable String name, long size, InputStream content)
      throws IOException {
    String harmless = FileNames.of(name);
    requireAccess(userId, projectId);
    QuarkusTransaction.joiningExisting().run(() -> requireRoom(userId, size));
    CountingStream counted = new CountingStream(content, settings.largest().asLongValue());
    Piece piece = contents.store(counted);
    try {
      String type;
      try (InputStream stored = contents.read(piece)) {
        type = ContentTypes.of(stored);
      }
      FileView file = view(Ids.next(), harmless, type, piece.size(), counted.sha256(), projectId);
      QuarkusTransaction.joiningExisting()
          .run(() -> {
            requireRoom(userId, file.size());
            contents.append(file.id(), piece);
            add(file, userId);
          });
      return file;
    } catch (IOException | RuntimeException refused) {
      contents.abandon(piece.key());
      throw refused;
    }
  }

  void requireAccess(UUID userId, @Nullable UUID projectId) {
    if (projectId != null) {
      UUID _ = projects.ownerFor(userId, projectId, Role.EDITOR);
    }
  }

  /** Whoever else adds something of that person waits until this transaction has ended. */
  void requireRoom(UUID userId, long size) {
    if (files.sizeOf(userId) + size > settings.quota().asLongValue()) {
      throw FileError.QUOTA_EXCEEDED.problem();
    }
  }

  FileView view(
      UUID id, String name, String type, long size, String sha256, @Nullable UUID projectId) {
    return new FileView(
        id,
        name,
        type,
        size,
        sha256,
        projectId,
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        TextStatus.PENDING);
  }

  /** Names content that is all there, in the caller's transaction. */
  void add(FileView file, UUID userId) {
    files.add(file, userId);
    added.fire(new FileAdded(file.id()));
    outbox.append(new FileCreated(file.id(), file.name(), file.projectId(), file.size(), userId));
  }

  /** Records that point at it let go of it; where it is required it stays. */
  void delete(UUID userId, UUID fileId) {
    QuarkusTransaction.joiningExisting()
        .run(() -> {
          FileView file = files.seenBy(userId, fileId);
          UUID projectId = file.projectId();
          requireAccess(userId, projectId);
          if (files.lock(fileId)) {
            if (projectId != null) {
              records.letGoOfFile(projectId, userId, fileId);
            }
            files.delete(fileId);
            contents.abandonAll(fileId);
            outbox.append(
                new FileDeleted(fileId, file.name(), file.projectId(), file.size(), userId));
          }
        });
  }
}
