package dev.autopilot.projects.file;

import dev.autopilot.kernel.Ids;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Uploads that go on where they broke off. The bytes that count are those the store has on disk; an
 * upload that is complete becomes the file of the same id.
 */
@ApplicationScoped
class Uploads {
  private final Sql sql;
  private final FileStore store;
  private final FileSettings settings;
  private final KeepFile keep;

  Uploads(Sql sql, FileStore store, FileSettings settings, KeepFile keep) {
    this.sql = sql;
    this.store = store;
    this.settings = settings;
    this.keep = keep;
  }

  record Upload(UUID id, @Nullable UUID projectId, String name, long size, long received) {}

  Upload begin(UUID userId, @Nullable UUID projectId, String name, long size) {
    if (size > settings.largest().asLongValue()) {
      throw CommonError.PAYLOAD_TOO_LARGE.problem(
          "At most " + settings.largest().asLongValue() + " bytes.");
    }
    keep.requireAccess(userId, projectId);
    Upload upload = new Upload(Ids.next(), projectId, FileNames.of(name), size, 0);
    sql.update(
        Statement.of(
            "insert into upload (id, owner_id, project_id, name, size, received)"
                + " values (?, ?, ?, ?, ?, 0)",
            upload.id(),
            userId,
            projectId,
            upload.name(),
            size));
    return upload;
  }

  Upload of(UUID userId, UUID id) {
    Upload upload =
        sql.first(
            Statement.of("select * from upload where id = ? and owner_id = ?", id, userId),
            row ->
                new Upload(
                    Sql.uuid(row, "id"),
                    row.getObject("project_id", UUID.class),
                    row.getString("name"),
                    row.getLong("size"),
                    row.getLong("received")));
    if (upload == null) {
      throw CommonError.NOT_FOUND.problem();
    }
    return upload;
  }

  /** Where the upload stands afterwards; what came before the connection broke counts too. */
  long append(UUID userId, Upload upload, long offset, InputStream content) throws IOException {
    if (offset != upload.received()) {
      throw FileError.OFFSET_CONFLICT.problem("It stands at " + upload.received() + ".");
    }
    Limited bytes = new Limited(content, upload.size() - offset);
    try {
      store.write(upload.id().toString(), offset, bytes);
    } finally {
      sql.update(
          Statement.of(
              "update upload set received = ?, created_at = now() where id = ? and received = ?",
              offset + bytes.read,
              upload.id(),
              offset));
    }
    long received = offset + bytes.read;
    if (received == upload.size()) {
      finish(userId, upload);
    }
    return received;
  }

  private void finish(UUID userId, Upload upload) throws IOException {
    FileView _ = keep.name(upload.id(), userId, upload.projectId(), upload.name());
  }

  void drop(UUID userId, UUID id) {
    QuarkusTransaction.joiningExisting()
        .run(() -> {
          Upload upload = of(userId, id);
          if (upload.received() < upload.size()) {
            sql.update(
                Statement.of(
                    "insert into orphan (key, created_at) values (?, 'epoch')", id.toString()));
          }
          sql.update(Statement.of("delete from upload where id = ?", id));
        });
  }

  /** Counts, and refuses more than was announced. */
  private static final class Limited extends FilterInputStream {
    private final long allowed;
    private long read;

    Limited(InputStream content, long allowed) {
      super(content);
      this.allowed = allowed;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int wanted = (int) Math.min(length, allowed - read);
      if (wanted == 0) {
        if (super.read() >= 0) {
          throw CommonError.PAYLOAD_TOO_LARGE.problem("More bytes than were announced.");
        }
        return -1;
      }
      int taken = super.read(target, offset, wanted);
      read += Math.max(taken, 0);
      return taken;
    }
  }
}
