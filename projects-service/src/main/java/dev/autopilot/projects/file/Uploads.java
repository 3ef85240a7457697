package dev.autopilot.projects.file;

import dev.autopilot.kernel.Ids;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.file.FileContents.Piece;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Uploads that go on where they broke off. What arrives in one request is a piece of its own, and
 * counts once its row is committed; of two requests that go on at the same place, one counts. An
 * upload that is complete becomes the file of the same id.
 */
@ApplicationScoped
class Uploads {
  private final Sql sql;
  private final FileContents contents;
  private final FileSettings settings;
  private final KeepFile keep;

  Uploads(Sql sql, FileContents contents, FileSettings settings, KeepFile keep) {
    this.sql = sql;
    this.contents = contents;
    this.settings = settings;
    this.keep = keep;
  }

  record Upload(
      UUID id, @Nullable UUID projectId, String name, long size, long received, boolean finished) {
    boolean waitsToBeFinished() {
      return received == size && !finished;
    }
  }

  /** Its announced size counts towards the quota from now on. */
  Upload begin(UUID userId, @Nullable UUID projectId, String name, long size) throws IOException {
    if (size > settings.largest().asLongValue()) {
      throw CommonError.PAYLOAD_TOO_LARGE.problem(
          "At most " + settings.largest().asLongValue() + " bytes.");
    }
    keep.requireAccess(userId, projectId);
    Upload upload = new Upload(Ids.next(), projectId, FileNames.of(name), size, 0, false);
    QuarkusTransaction.joiningExisting()
        .run(() -> {
          keep.requireRoom(userId, size);
          sql.update(
              Statement.of(
                  "insert into upload (id, owner_id, project_id, name, size, received)"
                      + " values (?, ?, ?, ?, ?, 0)",
                  upload.id(),
                  userId,
                  projectId,
                  upload.name(),
                  size));
        });
    finishIfComplete(userId, upload);
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
                    row.getLong("received"),
                    row.getObject("file_id") != null));
    if (upload == null) {
      throw CommonError.NOT_FOUND.problem();
    }
    return upload;
  }

  /** The same, and if a crash came between its last byte and its file, the file is made now. */
  Upload settled(UUID userId, UUID id) throws IOException {
    Upload upload = of(userId, id);
    finishIfComplete(userId, upload);
    return upload;
  }

  /** Where the upload stands afterwards; what came before the connection broke counts too. */
  long append(UUID userId, UUID id, long offset, InputStream content) throws IOException {
    Upload upload = of(userId, id);
    if (offset != upload.received()) {
      throw standsAt(upload.received());
    }
    ArrivingStream arriving = new ArrivingStream(content, upload.size() - offset);
    Piece piece = contents.store(arriving);
    try {
      QuarkusTransaction.joiningExisting().run(() -> count(upload, piece));
    } catch (RuntimeException refused) {
      contents.abandon(piece.key());
      throw refused;
    }
    if (arriving.isBroken()) {
      throw CommonError.BAD_REQUEST.problem("The connection broke.");
    }
    finishIfComplete(userId, of(userId, id));
    return offset + piece.size();
  }

  private void count(Upload upload, Piece piece) {
    int counted =
        sql.update(
            Statement.of(
                "update upload set received = received + ?, created_at = now()"
                    + " where id = ? and received = ?",
                piece.size(),
                upload.id(),
                upload.received()));
    if (counted == 0) {
      throw standsAt(receivedOf(upload.id()));
    }
    if (piece.size() == 0) {
      contents.abandon(piece.key());
    } else {
      contents.append(upload.id(), piece);
    }
  }

  private long receivedOf(UUID id) {
    Long received =
        sql.first(
            Statement.of("select received from upload where id = ?", id), row -> row.getLong(1));
    if (received == null) {
      throw CommonError.NOT_FOUND.problem();
    }
    return received;
  }

  private static RuntimeException standsAt(long received) {
    return FileError.OFFSET_CONFLICT.problem("It stands at " + received + ".");
  }

  private void finishIfComplete(UUID userId, Upload upload) throws IOException {
    if (!upload.waitsToBeFinished()) {
      return;
    }
    String type;
    try (InputStream beginning = contents.read(upload.id())) {
      type = ContentTypes.of(beginning);
    }
    CountingStream counted = new CountingStream(contents.read(upload.id()), upload.size());
    try (counted) {
      long _ = counted.transferTo(OutputStream.nullOutputStream());
    }
    FileView file =
        keep.view(
            upload.id(), upload.name(), type, upload.size(), counted.sha256(), upload.projectId());
    QuarkusTransaction.joiningExisting()
        .run(() -> {
          keep.requireAccess(userId, upload.projectId());
          int first =
              sql.update(
                  Statement.of(
                      "update upload set file_id = id where id = ? and file_id is null",
                      upload.id()));
          if (first == 1) {
            keep.add(file, userId);
          }
        });
  }

  /** Gives an upload up; a file that it became stays. */
  void drop(UUID userId, UUID id) {
    QuarkusTransaction.joiningExisting()
        .run(() -> {
          Upload _ = of(userId, id);
          int unfinished =
              sql.update(Statement.of("delete from upload where id = ? and file_id is null", id));
          if (unfinished == 1) {
            contents.abandonAll(id);
          } else {
            sql.update(Statement.of("delete from upload where id = ?", id));
          }
        });
  }
}
