package dev.autopilot.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
  @TempDir Path folder;

  @Test
  void ofALogOfAnyLengthTheEndIsReadAlsoWhereABreakdownLeftBytesThatAreNoText() throws IOException {
    Path log = folder.resolve("service.log");
    Files.writeString(log, "a line\n".repeat(100_000));
    Files.write(log, new byte[] {(byte) 0xff, '\n'}, java.nio.file.StandardOpenOption.APPEND);
    Files.writeString(log, "the reason\n", java.nio.file.StandardOpenOption.APPEND);

    assertThat(LogTail.of(log).lines()).hasSizeLessThan(20_000).last().isEqualTo("the reason");
    assertThat(LogTail.of(folder.resolve("none.log")).lines()).isEmpty();
  }
}
