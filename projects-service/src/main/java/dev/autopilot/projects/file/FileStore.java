package dev.autopilot.projects.file;

import java.io.IOException;
import java.io.InputStream;

/**
 * Where the bytes of files lie. Keys are ours, never a client's. An implementation is a CDI bean;
 * what it says is written survives a crash of this process and of the machine.
 */
public interface FileStore {
  /** The file's bytes from that offset on, appended; what is there behind the offset is dropped. */
  void write(String key, long offset, InputStream content) throws IOException;

  /** The bytes from the offset on, that many; to be closed by the caller. */
  InputStream read(String key, long offset, long length) throws IOException;

  /** Forgets it; no harm if it isn't there. */
  void delete(String key) throws IOException;
}
