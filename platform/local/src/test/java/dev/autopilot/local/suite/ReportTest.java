package dev.autopilot.local.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir Path folder;

  @Test
  void aLogThatCannotBeWrittenIsToldAndStopsNobody() throws IOException {
    Path noFolder = Files.writeString(folder.resolve("file"), "");
    var terminal = new ByteArrayOutputStream();
    var report =
        new Report(
            new PrintStream(terminal, true, StandardCharsets.UTF_8),
            noFolder.resolve("runner.log"));

    report.event("kafka is ready again");

    assertThat(terminal.toString(StandardCharsets.UTF_8))
        .contains("kafka is ready again", "runner.log can't be written");
  }
}
