package dev.autopilot.projects.file.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of files keeps to. Stores under test cut content into parts of 5 MB, if any. */
interface FileStoreContract {
  int PART = 5 << 20;

  FileStore store();

  static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  static String key() {
    return UUID.randomUUID().toString();
  }

  private byte[] read(String key, long offset, long length) throws IOException {
    try (InputStream content = store().read(key, offset, length)) {
      return content.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100_000, PART - 1, PART, PART + 1, 2 * PART + 12_345})
  default void whatIsWrittenIsReadBack(int size) throws IOException {
    String key = key();
    byte[] content = bytes(size);

    assertThat(store().write(key, new ByteArrayInputStream(content))).isEqualTo(size);

    assertThat(read(key, 0, Long.MAX_VALUE)).isEqualTo(content);
    store().delete(key);
  }

  @Test
  default void anyStretchCanBeRead() throws IOException {
    String key = key();
    store().write(key, new ByteArrayInputStream("0123456789".getBytes(UTF_8)));

    assertThat(read(key, 3, 4)).asString().isEqualTo("3456");
    assertThat(read(key, 9, 1)).asString().isEqualTo("9");
    assertThat(read(key, 8, 100)).asString().isEqualTo("89");
    assertThat(read(key, 4, 0)).isEmpty();
  }

  @Test
  default void aReaderMayStopEarly() throws IOException {
    String key = key();
    byte[] content = bytes(PART);
    store().write(key, new ByteArrayInputStream(content));
    try (InputStream reading = store().read(key, 0, Long.MAX_VALUE)) {
      assertThat(reading.readNBytes(100)).isEqualTo(Arrays.copyOf(content, 100));
    }
    assertThat(read(key, 0, 10)).isEqualTo(Arrays.copyOf(content, 10));
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, PART + 1_000})
  default void contentThatBreaksOffLeavesNothing(int size) throws IOException {
    String key = key();
    InputStream breaking =
        new SequenceInputStream(
            new ByteArrayInputStream(bytes(size)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("connection reset");
              }

              @Override
              public int read(byte[] target, int offset, int length) throws IOException {
                return read();
              }
            });

    assertThatThrownBy(() -> store().write(key, breaking)).isInstanceOf(IOException.class);

    assertThatThrownBy(() -> read(key, 0, 1)).isInstanceOf(IOException.class);
    store().delete(key);
  }

  @Test
  default void whatIsDeletedIsGoneAndDeletingTwiceDoesNoHarm() throws IOException {
    String key = key();
    store().write(key, new ByteArrayInputStream(bytes(10)));

    store().delete(key);
    store().delete(key);

    assertThatThrownBy(() -> read(key, 0, 1)).isInstanceOf(IOException.class);
  }
}
