package dev.autopilot.local.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MavenProgressTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final MavenProgress progress =
      new MavenProgress("testing", new PrintStream(said, true, StandardCharsets.UTF_8));

  @Test
  void saysALineAModuleWithItsTests() {
    hear(
        """
        [INFO] Scanning for projects...
        [INFO] Building Autopilot 1.0.0-SNAPSHOT                                  [1/3]
        [INFO] Building autopilot-kernel 1.0.0-SNAPSHOT                           [2/3]
        [INFO] Building jar: /a/target/autopilot-kernel.jar
        [INFO] Tests run: 4, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1 s -- in a.ATest
        [WARNING] Tests run: 12, Failures: 0, Errors: 0, Skipped: 1
        [INFO] Building gateway 1.0.0-SNAPSHOT                                    [3/3]
        [ERROR] Tests run: 5, Failures: 1, Errors: 1, Skipped: 0
        [INFO] Reactor Summary for Autopilot 1.0.0-SNAPSHOT:
        """);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
              preparing the build … under 1 s
              testing autopilot-kernel … under 1 s, 12 tests
              testing gateway … under 1 s, 5 tests, 2 failed
            """);
  }

  @Test
  void saysItInAsciiWhereTheTerminalShowsNothingElse() {
    new MavenProgress("testing", new PrintStream(said, true, StandardCharsets.US_ASCII)).end();
    assertThat(said.toString(StandardCharsets.US_ASCII))
        .endsWith("preparing the build ... under 1 s" + System.lineSeparator());
  }

  @Test
  void keepsComplaintsButNotAdviceOrStacks() {
    hear(
        """
        [ERROR] COMPILATION ERROR :
        [ERROR] /a/B.java:[1,2] ';' expected
        [ERROR] \tat a.B.c(B.java:1)
        [ERROR]\s
        [ERROR] Failed to execute goal x: Compilation failure -> [Help 1]
        [ERROR] /a/B.java:[1,2] ';' expected
        [ERROR] Re-run Maven using the -X switch to enable full debug logging.
        [ERROR] [Help 1] http://cwiki.apache.org/confluence/x
        """);
    assertThat(progress.complaints())
        .containsExactly(
            "COMPILATION ERROR :",
            "/a/B.java:[1,2] ';' expected",
            "Failed to execute goal x: Compilation failure");
  }

  @Test
  void knowsWhatWasFinishedBeforeAFailure() {
    hear(
        """
        [INFO] Building autopilot-kernel 1.0.0-SNAPSHOT                           [1/2]
        [INFO] Building gateway 1.0.0-SNAPSHOT                                    [2/2]
        """);
    assertThat(progress.finished()).contains("autopilot-kernel").doesNotContain("gateway");
  }

  private void hear(String lines) {
    lines.lines().forEach(progress);
  }
}
