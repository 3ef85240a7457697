package dev.autopilot.projects.file;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files in a folder, in as many subfolders as keep each of them small. */
@ApplicationScoped
@DefaultBean
class LocalFileStore implements FileStore {
  private static final int BUFFER = 1 << 16;

  private final Path folder;

  LocalFileStore(FileSettings settings) {
    this.folder = settings.folder().toAbsolutePath().normalize();
  }

  @Override
  public void write(String key, long offset, InputStream content) throws IOException {
    Path path = path(key);
    Files.createDirectories(path.getParent());
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.truncate(offset);
      file.position(offset);
      byte[] buffer = new byte[BUFFER];
      try {
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
          ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
          while (bytes.hasRemaining()) {
            int _ = file.write(bytes);
          }
        }
      } finally {
        file.force(true); // What is acknowledged after this is on the disk.
      }
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
