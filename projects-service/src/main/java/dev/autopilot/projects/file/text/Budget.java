package dev.autopilot.projects.file.text;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * What reading one file may cost. Readers say what they use; beyond the budget that throws {@link
 * Spent}, and what was read by then is kept.
 */
public final class Budget {
  private static final long SMALLEST_PIECE = 4L << 20;
  private static final long LARGEST_PIECE = 64L << 20;

  private final long deadline;
  private final long piece;
  private long left;

  /**
   * @param unpacked how many bytes may come out of all that is packed in the file
   */
  public Budget(Duration time, long unpacked) {
    this.deadline = System.nanoTime() + time.toNanos();
    this.left = unpacked;
    // A parser may hold a piece several times over: as bytes, as characters, in a buffer that grew.
    this.piece = Math.clamp(Runtime.getRuntime().maxMemory() / 16, SMALLEST_PIECE, LARGEST_PIECE);
  }

  /** There is nothing left to read on with. */
  static final class Spent extends RuntimeException {
    Spent(String what) {
      super(what, null, false, false);
    }
  }

  /** The most of one part of a file that may be in memory. */
  long piece() {
    return piece;
  }

  void unpacked(long bytes) {
    left -= bytes;
    if (left < 0) {
      throw new Spent("Too much was unpacked");
    }
    checkTime();
  }

  void checkTime() {
    if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
      throw new Spent("It took too long");
    }
  }

  /** One part of a file, unpacked on this budget. */
  InputStream metered(InputStream part) {
    return new FilterInputStream(part) {
      private long size;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        size += Math.max(read, 0);
        if (size > piece) {
          throw new Spent("One part is too large");
        }
        unpacked(Math.max(read, 0));
        return read;
      }

      @Override
      public boolean markSupported() {
        return false;
      }
    };
  }
}
