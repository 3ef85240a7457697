package dev.autopilot.projects.transfer;

import dev.autopilot.kernel.Ids;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.database.Schemas;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.transfer.ImportWorker.ImportQueued;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes a file in and queues its import; what is answered with a job is stored, all of it. */
@ApplicationScoped
class StartImport {
  private final Schemas schemas;
  private final ImportFiles files;
  private final Imports imports;
  private final Event<ImportQueued> queued;
  private final Clock clock;

  StartImport(
      Schemas schemas,
      ImportFiles files,
      Imports imports,
      Event<ImportQueued> queued,
      Clock clock) {
    this.schemas = schemas;
    this.files = files;
    this.imports = imports;
    this.queued = queued;
    this.clock = clock;
  }

  /** A file that is all there and no job's yet. Closed without one, it is let go of. */
  record Arrived(
      UUID importId,
      UUID databaseId,
      Format format,
      Mapping mapping,
      String sha256,
      ImportFiles files)
      implements AutoCloseable {
    @Override
    public void close() {
      files.abandon(importId);
    }
  }

  /** Refuses what can't be queued before its file is read. */
  void requireRoom(UUID userId) {
    imports.requireRoom(userId);
  }

  /** Stores the file, and finds out what of it goes where. */
  Arrived take(
      UUID userId, UUID databaseId, Format format, @Nullable String mapping, InputStream content)
      throws IOException {
    Schema schema = writable(userId, databaseId);
    UUID importId = Ids.next();
    try {
      ImportFiles.Content stored = files.store(importId, content);
      if (stored.size() == 0) {
        throw CommonError.VALIDATION_FAILED.at("/file", "The file is empty.");
      }
      Mapping resolved = resolve(importId, format, mapping, schema);
      return new Arrived(importId, databaseId, format, resolved, stored.sha256(), files);
    } catch (IOException | RuntimeException refused) {
      files.abandon(importId);
      throw refused;
    }
  }

  /** Queues a file's import, once. */
  ImportView start(UUID userId, Arrived file) {
    return QuarkusTransaction.joiningExisting()
        .call(() -> {
          imports.add(
              file.importId(),
              file.databaseId(),
              userId,
              file.format(),
              file.mapping(),
              clock.instant().truncatedTo(ChronoUnit.MILLIS));
          queued.fire(new ImportQueued(file.importId()));
          return imports.seenBy(userId, file.importId());
        });
  }

  /** Reads the beginning of a file and tells what it seems to hold; nothing is stored. */
  Preview preview(UUID userId, UUID databaseId, Format format, InputStream content)
      throws IOException {
    Schema _ = writable(userId, databaseId);
    try (RowSource source = RowSource.open(format, content)) {
      return Preview.of(source);
    } catch (UnreadableFileException unreadable) {
      throw CommonError.VALIDATION_FAILED.at("/file", unreadable.reason());
    }
  }

  /** Refuses before the first byte of a large file is read. */
  private Schema writable(UUID userId, UUID databaseId) {
    return QuarkusTransaction.requiringNew().call(() -> schemas.writable(databaseId, userId));
  }

  private Mapping resolve(UUID importId, Format format, @Nullable String mapping, Schema schema)
      throws IOException {
    try (RowSource source = RowSource.open(format, files.open(importId))) {
      return Mapping.of(mapping, source.columns(), schema);
    } catch (UnreadableFileException unreadable) {
      throw CommonError.VALIDATION_FAILED.at("/file", unreadable.reason());
    }
  }
}
