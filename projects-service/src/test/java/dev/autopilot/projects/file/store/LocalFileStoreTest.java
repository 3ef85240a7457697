package dev.autopilot.projects.file.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileStoreTest implements FileStoreContract {
  @TempDir Path folder;
  private FileStore store;

  @BeforeEach
  void open() {
    store = new LocalFileStore(folder.resolve("files"));
  }

  @Override
  public FileStore store() {
    return store;
  }

  @Test
  void aKeyIsWrittenOnce() throws IOException {
    store.write("once", new ByteArrayInputStream(new byte[] {1}));

    assertThatThrownBy(() -> store.write("once", new ByteArrayInputStream(new byte[] {2})))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(store.read("once", 0, 1)).hasBinaryContent(new byte[] {1});
  }
}
