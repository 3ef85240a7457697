package dev.autopilot.projects.transfer;

import dev.autopilot.events.database.Expiring;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The files of imports that are under way, in pieces of a megabyte: the database is the one place
 * that every replica reaches and that survives them all.
 */
@ApplicationScoped
class ImportFiles implements Expiring {
  private static final int PIECE = 1024 * 1024;

  private final Sql sql;

  ImportFiles(Sql sql) {
    this.sql = sql;
  }

  /** What a stored file is told from others by. */
  record Content(long size, String sha256) {}

  /** Stores all there is to read, a piece at a time. */
  Content store(UUID importId, InputStream content) throws IOException {
    MessageDigest digest = sha256();
    long size = 0;
    for (int number = 0; ; number++) {
      byte[] piece = content.readNBytes(PIECE);
      if (piece.length == 0) {
        return new Content(size, HexFormat.of().formatHex(digest.digest()));
      }
      digest.update(piece);
      size += piece.length;
      sql.update(
          Statement.of(
              "insert into import_part (import_id, number, content) values (?, ?, ?)",
              importId,
              number,
              piece));
    }
  }

  /** The file from its beginning; one piece of it is in memory at a time. */
  Pieces open(UUID importId) {
    return new Pieces(importId);
  }

  /** Lets go of a file, unless a job has it by now. */
  void abandon(UUID importId) {
    sql.update(
        Statement.of(
            "delete from import_part where import_id = ?"
                + " and not exists (select from import where id = import_id)",
            importId));
  }

  void delete(UUID importId) {
    sql.update(Statement.of("delete from import_part where import_id = ?", importId));
  }

  /** What a crash between upload and job left behind. */
  @Override
  public String table() {
    return "import_part";
  }

  @Override
  public Duration keptFor() {
    return Duration.ofDays(7);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A file that is read. */
  final class Pieces extends InputStream {
    private final UUID importId;
    private long behind;
    private byte[] piece = {};
    private int at;
    private int number;

    private Pieces(UUID importId) {
      this.importId = importId;
    }

    @Override
    public int read() {
      return fill() ? piece[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int taken = Math.min(length, piece.length - at);
      System.arraycopy(piece, at, target, offset, taken);
      at += taken;
      return taken;
    }

    /** How many bytes have been read, those included that a reader keeps in its buffer. */
    long position() {
      return behind + at;
    }

    private boolean fill() {
      if (at < piece.length) {
        return true;
      }
      byte[] next =
          sql.first(
              Statement.of(
                  "select content from import_part where import_id = ? and number = ?",
                  importId,
                  number),
              row -> row.getBytes("content"));
      if (next == null) {
        return false;
      }
      behind += piece.length;
      piece = next;
      at = 0;
      number++;
      return true;
    }
  }
}
