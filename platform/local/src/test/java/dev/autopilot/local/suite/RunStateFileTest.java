package dev.autopilot.local.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.embedded.ProcessIdentity;
import dev.autopilot.local.config.Layout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStateFileTest {
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir Path folder;
  private RunStateFile file;

  @BeforeEach
  void layout() {
    file = new RunStateFile(new Layout(folder, folder.resolve("home")));
  }

  @Test
  void givesBackWhatWasWritten() throws IOException {
    RunState state = state(ProcessIdentity.current(), ProcessIdentity.current());
    file.write(state);
    assertThat(file.read()).contains(state);
    assertThat(state.isRunning()).isTrue();
  }

  @Test
  void isEmptyWithoutAFileAndWithADamagedOne() throws IOException {
    assertThat(file.read()).isEmpty();
    Files.createDirectories(file.path().resolveSibling("."));
    Files.writeString(file.path(), "{\"runner\": {\"pid\": 12");
    assertThat(file.read()).isEmpty();
    Files.writeString(file.path(), "[]");
    assertThat(file.read()).isEmpty();
  }

  @Test
  void aRunnerWithARecycledPidIsNotRunning() {
    var recycled = new ProcessIdentity(ProcessHandle.current().pid(), LONG_AGO);
    RunState state = state(recycled, recycled);
    assertThat(state.isRunning()).isFalse();
    assertThat(state.leftovers()).isEmpty();
  }

  @Test
  void whatAKilledRunnerLeftBehindIsEnded() throws IOException {
    Process left = new ProcessBuilder("sleep", "600").start();
    var runner = new ProcessIdentity(ProcessHandle.current().pid(), LONG_AGO);
    file.write(state(runner, ProcessIdentity.of(left.toHandle())));
    var said = new ByteArrayOutputStream();

    Leftovers.of(file)
        .end(
            new Report(new PrintStream(said, true, StandardCharsets.UTF_8), folder.resolve("log")));

    assertThat(left.isAlive()).isFalse();
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("left behind: auth");
  }

  private static RunState state(ProcessIdentity runner, ProcessIdentity auth) {
    return new RunState(
        runner,
        Instant.parse("2026-01-01T10:00:00Z"),
        RunState.Phase.READY,
        "http://localhost:8080",
        "127.0.0.1:9092",
        List.of(
            new RunState.Member("auth", Optional.of(auth), 21000, 21001, "RUNNING", 2),
            new RunState.Member("chat", Optional.empty(), 21002, 21003, "STARTING", 0)));
  }
}
