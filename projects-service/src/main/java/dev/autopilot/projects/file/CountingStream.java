package dev.autopilot.projects.file;

import dev.autopilot.kernel.problem.CommonError;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and hashes what is read through it, and stops at the largest that is allowed. */
final class CountingStream extends FilterInputStream {
  private final MessageDigest digest;
  private final long largest;
  private long size;

  CountingStream(InputStream content, long largest) {
    super(content);
    this.largest = largest;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  long size() {
    return size;
  }

  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    if (read > 0) {
      digest.update(target, offset, read);
      size += read;
      if (size > largest) {
        throw CommonError.PAYLOAD_TOO_LARGE.problem("At most " + largest + " bytes.");
      }
    }
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
