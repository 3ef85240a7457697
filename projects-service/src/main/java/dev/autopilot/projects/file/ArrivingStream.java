package dev.autopilot.projects.file;

import dev.autopilot.kernel.problem.CommonError;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a client sends of an upload: ends where the connection breaks, so that what came before is
 * kept, and refuses more than was announced.
 */
final class ArrivingStream extends FilterInputStream {
  private final long announced;
  private long read;
  private boolean broken;

  ArrivingStream(InputStream content, long announced) {
    super(content);
    this.announced = announced;
  }

  /** Whether the connection broke, so that nobody hears an answer. */
  boolean isBroken() {
    return broken;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    try {
      int wanted = (int) Math.min(length, announced - read);
      if (wanted == 0 && length > 0) {
        if (super.read() >= 0) {
          throw CommonError.PAYLOAD_TOO_LARGE.problem("More bytes than were announced.");
        }
        return -1;
      }
      int taken = super.read(target, offset, wanted);
      read += Math.max(taken, 0);
      return taken;
    } catch (IOException cutOff) {
      broken = true;
      return -1;
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
