package dev.autopilot.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {
  @TempDir Path folder;

  @Test
  void isTheCommandItselfWithItsExitCode() {
    Child child = start("exit 7");
    assertThat(child.onExit().join()).isEqualTo(7);
  }

  @Test
  void seesTheEnvironmentItIsGivenAndNothingElse() throws IOException {
    start("echo \"$GREETING-$HOME\"").onExit().join();
    assertThat(log()).contains("hello-\n");
  }

  @Test
  void endsInAnOrderlyWayWhenAsked() throws IOException {
    Child child = start("trap 'echo tidied up; exit 0' TERM; echo up; while :; do sleep 0.1; done");
    awaitLog("up");
    child.stop();
    assertThat(child.onExit().join()).isZero();
    assertThat(log()).contains("tidied up");
  }

  @Test
  void isKilledWithItsWholeGroupWhenItDoesNotEnd() throws IOException {
    Child child =
        start("trap '' TERM; sleep 600 & echo \"helper $!\"; while :; do sleep 0.1; done");
    awaitLog("helper");
    long helper = Long.parseLong(log().strip().replaceFirst(".*helper ", ""));
    child.stop();
    assertThat(child.isAlive()).isFalse();
    await().until(() -> ProcessHandle.of(helper).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void diesWithItsParentHoweverThatDies() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                ParentOfServers.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<ProcessHandle> servers;
    try (var said = parent.inputReader()) {
      servers =
          said.lines()
              .takeWhile(line -> !line.equals("up"))
              .map(line -> ProcessHandle.of(Long.parseLong(line)).orElseThrow())
              .toList();
    }
    assertThat(servers).hasSize(2).allMatch(ProcessHandle::isAlive);
    List<ProcessHandle> everybody =
        servers.stream()
            .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
            .toList();

    parent.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> everybody.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void aProcessIsNotTakenForALaterOneWithItsNumber() {
    ProcessIdentity me = ProcessIdentity.current();
    assertThat(me.isAlive()).isTrue();
    var earlier = new ProcessIdentity(me.pid(), me.startedAt().minusSeconds(60));
    assertThat(earlier.isAlive()).isFalse();
  }

  @Test
  void aProcessThatEndedButThatNobodyReapedIsNotAlive() throws Exception {
    // Its parent waits for another, so the first to end stays a zombie.
    Process parent = new ProcessBuilder("sh", "-c", "sleep 0.2 & echo $!; exec sleep 600").start();
    try (var said = parent.inputReader()) {
      long pid = Long.parseLong(said.readLine());
      ProcessIdentity zombie = ProcessIdentity.of(ProcessHandle.of(pid).orElseThrow());
      await().until(() -> !zombie.isAlive());
    } finally {
      parent.destroyForcibly();
    }
  }

  private Child start(String script) {
    return Child.start(
        new Child.Command(
            List.of("sh", "-c", script),
            Map.of("GREETING", "hello", "PATH", System.getenv("PATH")),
            folder,
            folder.resolve("log"),
            StopSignal.TERM,
            Duration.ofSeconds(2)));
  }

  private void awaitLog(String text) {
    await().until(() -> log().contains(text));
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }
}
