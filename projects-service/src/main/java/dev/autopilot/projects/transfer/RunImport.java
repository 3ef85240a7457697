package dev.autopilot.projects.transfer;

import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.kernel.problem.ProblemException;
import dev.autopilot.projects.database.Schemas;
import dev.autopilot.projects.record.RecordWriter;
import dev.autopilot.projects.record.Written;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Values;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Runs one import to its end. Rows, their events and the place reached commit together, a thousand
 * or some megabytes at a time, so whoever takes over after a crash goes on exactly behind the last
 * row that counts.
 */
@ApplicationScoped
class RunImport {
  private static final int CHUNK = 1_000;
  private static final long CHUNK_BYTES = 4 * 1024 * 1024;
  private static final int ATTEMPTS = 5;

  private final Imports imports;
  private final ErrorLog errorLog;
  private final ImportFiles files;
  private final Schemas schemas;
  private final RecordWriter writer;
  private final Outbox outbox;
  private final Clock clock;

  RunImport(
      Imports imports,
      ErrorLog errorLog,
      ImportFiles files,
      Schemas schemas,
      RecordWriter writer,
      Outbox outbox,
      Clock clock) {
    this.imports = imports;
    this.errorLog = errorLog;
    this.files = files;
    this.schemas = schemas;
    this.writer = writer;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Returns when the job is finished, or is somebody else's. */
  void run(ImportJob job, UUID worker) throws IOException {
    if (job.attempts() > ATTEMPTS) {
      finish(job, worker, "It failed again and again behind row " + job.position() + ".");
      return;
    }
    try {
      if (job.total() != null || count(job, worker)) {
        importRows(job, worker);
      }
    } catch (UnreadableFileException unreadable) {
      finish(job, worker, unreadable.reason());
    } catch (ProblemException refused) {
      // The database is gone, or the person may no longer write to it.
      finish(job, worker, String.valueOf(refused.getMessage()));
    }
  }

  /** Reads the file once before anything is written: what is no CSV at all imports nothing. */
  private boolean count(ImportJob job, UUID worker) throws IOException, UnreadableFileException {
    long rows = 0;
    Lease lease = lease(job, worker);
    try (RowSource source = RowSource.open(job.format(), files.open(job.id()))) {
      while (source.next() != null) {
        rows++;
        if (!lease.isHeld()) {
          return false;
        }
      }
    }
    imports.counted(job.id(), worker, rows);
    return true;
  }

  private void importRows(ImportJob job, UUID worker) throws IOException, UnreadableFileException {
    ImportFiles.Pieces file = files.open(job.id());
    Lease lease = lease(job, worker);
    try (RowSource source = RowSource.open(job.format(), file)) {
      long position = 0;
      while (position < job.position() && source.next() != null) {
        position++;
        // In a large file finding the place takes longer than a lease.
        if (!lease.isHeld()) {
          return;
        }
      }
      List<FileRow> chunk = read(source, file);
      while (!chunk.isEmpty()) {
        if (!store(job, worker, position, chunk)) {
          return;
        }
        position += chunk.size();
        chunk = read(source, file);
      }
    }
    finish(job, worker, null);
  }

  private Lease lease(ImportJob job, UUID worker) {
    return new Lease(clock, () -> imports.renew(job.id(), worker));
  }

  private static List<FileRow> read(RowSource source, ImportFiles.Pieces file)
      throws IOException, UnreadableFileException {
    List<FileRow> chunk = new ArrayList<>();
    long end = file.position() + CHUNK_BYTES;
    while (chunk.size() < CHUNK && (chunk.isEmpty() || file.position() < end)) {
      FileRow row = source.next();
      if (row == null) {
        break;
      }
      chunk.add(row);
    }
    return chunk;
  }

  private boolean store(ImportJob job, UUID worker, long position, List<FileRow> chunk) {
    return QuarkusTransaction.requiringNew()
        .call(() -> {
          if (!imports.hold(job.id(), worker, position)) {
            return false;
          }
          Schema schema = schemas.writable(job.databaseId(), job.requestedBy());
          List<RowError> errors = new ArrayList<>();
          List<Long> lines = new ArrayList<>(chunk.size());
          List<Values> valid = new ArrayList<>(chunk.size());
          for (FileRow row : chunk) {
            Values values = values(job, row, schema, errors);
            if (values != null) {
              valid.add(values);
              lines.add(row.line());
            }
          }
          int done = write(job, schema, lines, valid, errors);
          errorLog.add(job.id(), errors);
          imports.advance(job.id(), chunk.size(), done);
          return true;
        });
  }

  private static @Nullable Values values(
      ImportJob job, FileRow row, Schema schema, List<RowError> errors) {
    try {
      return switch (row) {
        case FileRow.Cells cells -> job.mapping().values(cells, schema);
        case FileRow.Json json -> job.mapping().values(json, schema);
        case FileRow.Broken(var line, var why) -> {
          errors.add(new RowError(line, null, why));
          yield null;
        }
      };
    } catch (ProblemException invalid) {
      errors.addAll(RowError.of(row.line(), invalid));
      return null;
    }
  }

  private int write(
      ImportJob job, Schema schema, List<Long> lines, List<Values> valid, List<RowError> errors) {
    int done = 0;
    List<Written> outcomes = writer.create(schema, job.requestedBy(), valid);
    for (int i = 0; i < outcomes.size(); i++) {
      switch (outcomes.get(i)) {
        case Written.Stored _ -> done++;
        case Written.Refused(var problem) -> errors.addAll(RowError.of(lines.get(i), problem));
      }
    }
    return done;
  }

  private void finish(ImportJob job, UUID worker, @Nullable String problem) {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          ImportFinished finished = imports.finish(job, worker, problem, clock.instant());
          if (finished != null) {
            files.delete(job.id());
            outbox.append(finished);
          }
        });
  }
}
