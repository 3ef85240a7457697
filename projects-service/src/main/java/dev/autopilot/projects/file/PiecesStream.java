package dev.autopilot.projects.file;

import dev.autopilot.projects.file.FileContents.Piece;
import dev.autopilot.projects.file.store.FileStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stretch of several pieces as one stream; one piece is open at a time. */
final class PiecesStream extends InputStream {
  private final FileStore store;
  private final Deque<Piece> pieces;
  private long skip;
  private long left;
  private @Nullable InputStream open;

  PiecesStream(FileStore store, List<Piece> pieces, long offset, long length) {
    this.store = store;
    this.pieces = new ArrayDeque<>(pieces);
    this.skip = offset;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (left > 0) {
      InputStream piece = open == null ? openNext() : open;
      if (piece == null) {
        return -1;
      }
      int read = piece.read(target, offset, (int) Math.min(length, left));
      if (read >= 0) {
        left -= read;
        return read;
      }
      close();
    }
    return -1;
  }

  private @Nullable InputStream openNext() throws IOException {
    for (Piece piece = pieces.poll(); piece != null; piece = pieces.poll()) {
      if (skip < piece.size()) {
        open = store.read(piece.key(), skip, Math.min(left, piece.size() - skip));
        skip = 0;
        return open;
      }
      skip -= piece.size();
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    InputStream piece = open;
    open = null;
    if (piece != null) {
      piece.close();
    }
  }
}
