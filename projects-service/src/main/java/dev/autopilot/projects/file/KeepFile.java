package dev.autopilot.projects.file;

import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.kernel.Ids;
import dev.autopilot.kernel.web.Etags;
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

  /** A file that is all there and is not named yet. Closed without a name, it is let go of. */
  record Arrived(FileView file, Piece piece, FileContents contents) implements AutoCloseable {
    @Override
    public void close() {
      contents.abandon(piece.key());
    }
  }

  /**
   * Refuses what is known not to fit before it is written.
   *
   * @param size as far as it is known
   */
  void requireRoomFor(UUID userId, long size) {
    QuarkusTransaction.joiningExisting().run(() -> requireRoom(userId, size));
  }

  /** Writes the content, which nobody sees before it is {@linkplain #keep kept}. */
  Arrived take(UUID userId, @Nullable UUID projectId, @Nullable String name, InputStream content)
      throws IOException {
    String harmless = FileNames.of(name);
    requireAccess(userId, projectId);
    CountingStream counted = new CountingStream(content, settings.largest().asLongValue());
    Piece piece = contents.store(counted);
    try {
      String type;
      try (InputStream stored = contents.read(piece)) {
        type = ContentTypes.of(stored);
      }
      return new Arrived(
          view(Ids.next(), harmless, type, piece.size(), counted.sha256(), projectId),
          piece,
          contents);
    } catch (IOException | RuntimeException unreadable) {
      contents.abandon(piece.key());
      throw unreadable;
    }
  }

  FileView keep(UUID userId, Arrived arrived) {
    FileView file = arrived.file();
    QuarkusTransaction.joiningExisting()
        .run(() -> {
          requireRoom(userId, file.size());
          contents.append(file.id(), arrived.piece());
          add(file, userId);
        });
    return file;
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
  void delete(UUID userId, UUID fileId, @Nullable String ifMatch) {
    QuarkusTransaction.joiningExisting()
        .run(() -> {
          FileView file = files.seenBy(userId, fileId);
          UUID projectId = file.projectId();
          requireAccess(userId, projectId);
          Etags.requireMatch(ifMatch, file.tag());
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
