package dev.autopilot.projects.file.store;

import java.io.IOException;
import java.io.InputStream;

/**
 * Keeps bytes under keys, which are ours and never a client's. A key is written once and never
 * changed, so what was hashed is what is given out. What a store says is written survives a crash
 * of this process and of the machine; what a crash cuts off may leave something behind, which
 * {@link #delete} removes.
 */
public interface FileStore {
  /**
   * Stores all there is to read, under a key that is new. When reading or writing fails, nothing
   * can be read under the key.
   *
   * @return how many bytes that were
   */
  long write(String key, InputStream content) throws IOException;

  /** The bytes from the offset on, that many at most; to be closed by the caller. */
  InputStream read(String key, long offset, long length) throws IOException;

  /** Forgets the key and all that a broken {@link #write} left; no harm if nothing is there. */
  void delete(String key) throws IOException;
}
