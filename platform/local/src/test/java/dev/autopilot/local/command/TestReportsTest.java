package dev.autopilot.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestReportsTest {
  private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path root;

  @Test
  void countsEveryModuleOfThisRunOnly() throws IOException {
    report(
        "gateway/target/surefire-reports/TEST-a.xml",
        BEGAN.plusSeconds(1),
        """
        <testsuite tests="3">
          <testcase classname="a.A" name="works"/>
          <testcase classname="a.A" name="breaks">
            <failure message="expected: 1&#10;but was: 2">at a.A</failure>
          </testcase>
          <testcase classname="a.A" name="waits"><skipped/></testcase>
        </testsuite>
        """);
    report(
        "platform/kernel/target/failsafe-reports/TEST-b.xml",
        BEGAN.plusSeconds(2),
        """
        <testsuite><testcase classname="b.B" name="works"/>
        <testcase classname="b.B" name="crashes"><error message="boom"/></testcase></testsuite>
        """);
    report(
        "gateway/target/surefire-reports/TEST-old.xml",
        BEGAN.minusSeconds(1),
        "<testsuite><testcase classname='c.C' name='gone'/></testsuite>");

    TestReports reports = TestReports.since(BEGAN, root);

    assertThat(reports.summary()).isEqualTo("2 passed, 2 failed, 1 skipped");
    assertThat(reports.failures()).containsExactly("a.A.breaks: expected: 1", "b.B.crashes: boom");
  }

  private void report(String path, Instant written, String xml) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, xml);
    Files.setLastModifiedTime(file, FileTime.from(written));
  }
}
