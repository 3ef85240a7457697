package dev.autopilot.projects.file;

import dev.autopilot.kernel.Ids;
import dev.autopilot.projects.file.store.FileStore;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;

/**
 * What files consist of: pieces in the store, one for each time that content came in. A piece is
 * noted as an orphan before its first byte is written and stays one until it is appended to a file,
 * so whatever a crash cuts off is collected.
 */
@ApplicationScoped
class FileContents {
  private final Sql sql;
  private final FileStore store;

  FileContents(Sql sql, FileStore store) {
    this.sql = sql;
    this.store = store;
  }

  /** Bytes in the store. */
  record Piece(String key, long size) {}

  /** Stores all there is to read, as a piece that is nobody's yet. */
  Piece store(InputStream content) throws IOException {
    String key = Ids.next().toString();
    sql.update(Statement.of("insert into orphan (key) values (?)", key));
    try {
      return new Piece(key, store.write(key, content));
    } catch (IOException | RuntimeException broken) {
      abandon(key);
      throw broken;
    }
  }

  /** Makes it the file's next piece, if the caller's transaction commits. */
  void append(UUID fileId, Piece piece) {
    int kept =
        sql.update(
            Statement.of("delete from orphan where key = ? and created_at > 'epoch'", piece.key()));
    if (kept == 0) {
      throw new IllegalStateException("The piece took so long that it was collected");
    }
    sql.update(
        Statement.of(
            "insert into file_part (file_id, number, key, size)"
                + " select ?, coalesce(max(number) + 1, 0), ?, ? from file_part where file_id = ?",
            fileId,
            piece.key(),
            piece.size(),
            fileId));
  }

  /** It is to be collected soon, unless it belongs to a file by now. */
  void abandon(String key) {
    sql.update(Statement.of("update orphan set created_at = 'epoch' where key = ?", key));
  }

  /** All pieces of a file are to be collected, if the caller's transaction commits. */
  void abandonAll(UUID fileId) {
    sql.update(
        Statement.of(
            "with gone as (delete from file_part where file_id = ? returning key)"
                + " insert into orphan (key, created_at) select key, 'epoch' from gone",
            fileId));
  }

  /** The bytes from the offset on, that many at most. Nothing is opened before it is read. */
  InputStream read(UUID fileId, long offset, long length) {
    List<Piece> pieces =
        sql.list(
            Statement.of(
                "select key, size from file_part where file_id = ? order by number", fileId),
            row -> new Piece(row.getString("key"), row.getLong("size")));
    return new PiecesStream(store, pieces, offset, length);
  }

  InputStream read(Piece piece) {
    return new PiecesStream(store, List.of(piece), 0, piece.size());
  }

  InputStream read(UUID fileId) {
    return read(fileId, 0, Long.MAX_VALUE);
  }
}
