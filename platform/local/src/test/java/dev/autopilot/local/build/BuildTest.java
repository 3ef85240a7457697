package dev.autopilot.local.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTest {
  @TempDir Path root;

  @Test
  void theRunnerNeverReplacesItsOwnJar() throws IOException {
    write(
        "pom.xml",
        "<project><artifactId>autopilot</artifactId><modules><module>platform/local</module></modules></project>");
    write("platform/local/pom.xml", "<project><artifactId>autopilot-local</artifactId></project>");
    write("platform/local/src/main/java/Suite.java", "");
    Files.createDirectories(root.resolve("platform/local/target"));
    Path stamp = root.resolve("platform/local/target/.up-to-date");
    Files.writeString(stamp, "");

    Files.setLastModifiedTime(stamp, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));
    assertThatThrownBy(() -> build().bringUpToDate(Scope.SUITE))
        .isInstanceOf(BuildFailure.class)
        .hasMessageContaining("run the command again");
    assertThat(root.resolve("build.log")).doesNotExist();
  }

  private Build build() {
    return new Build(
        root, root.resolve("build.log"), new PrintStream(OutputStream.nullOutputStream()));
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.resolve("..").normalize());
    Files.writeString(path, text);
  }
}
