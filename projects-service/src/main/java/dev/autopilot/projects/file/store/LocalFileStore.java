package dev.autopilot.projects.file.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files in a folder, in as many subfolders as keep each of them small. */
public final class LocalFileStore implements FileStore {
  private static final int BUFFER = 1 << 16;

  private final Path folder;

  public LocalFileStore(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  @Override
  public long write(String key, InputStream content) throws IOException {
    Path path = path(key);
    Path parent = Files.createDirectories(path.getParent());
    FileChannel created =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel file = created) {
      byte[] buffer = new byte[BUFFER];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          int _ = file.write(bytes);
        }
      }
      file.force(true); // What is acknowledged after this is on the disk.
      force(parent);
      return file.size();
    } catch (IOException | RuntimeException broken) {
      boolean _ = Files.deleteIfExists(path);
      throw broken;
    }
  }

  /** The file's name is on the disk too. */
  private static void force(Path folder) throws IOException {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  @Override
  public InputStream read(String key, long offset, long length) throws IOException {
    FileChannel file = FileChannel.open(path(key), StandardOpenOption.READ);
    return new BoundedStream(Channels.newInputStream(file.position(offset)), length);
  }

  @Override
  public void delete(String key) throws IOException {
    boolean _ = Files.deleteIfExists(path(key));
  }

  private Path path(String key) {
    String tail = key.substring(Math.max(0, key.length() - 2));
    return folder.resolve(tail).resolve(key);
  }
}
