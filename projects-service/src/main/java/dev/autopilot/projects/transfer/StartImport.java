package dev.autopilot.projects.transfer;

import dev.autopilot.kernel.Ids;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.database.Schemas;
import dev.autopilot.projects.schema.Schema;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
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
  private final ImportWorker worker;
  private final Clock clock;

  StartImport(
      Schemas schemas, ImportFiles files, Imports imports, ImportWorker worker, Clock clock) {
    this.schemas = schemas;
    this.files = files;
    this.imports = imports;
    this.worker = worker;
    this.clock = clock;
  }

  ImportView start(
      UUID userId, UUID databaseId, Format format, @Nullable String mapping, InputStream content)
      throws IOException {
    Schema schema = writable(userId, databaseId);
    UUID importId = Ids.next();
    boolean queued = false;
    try {
      if (files.store(importId, content) == 0) {
        throw CommonError.VALIDATION_FAILED.at("/file", "The file is empty.");
      }
      Mapping resolved = resolve(importId, format, mapping, schema);
      imports.add(
          importId,
          databaseId,
          userId,
          format,
          resolved,
          clock.instant().truncatedTo(ChronoUnit.MILLIS));
      queued = true;
    } finally {
      if (!queued) {
        files.delete(importId);
      }
    }
    worker.wake();
    return imports.seenBy(userId, importId);
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
