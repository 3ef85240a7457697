package dev.autopilot.local.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.local.config.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {
  @TempDir Path folder;
  private Layout layout;
  private Path library;

  @BeforeEach
  void build() throws IOException {
    layout = new Layout(folder.resolve("root"), folder.resolve("home"));
    Files.createDirectories(layout.aot());
    Path jar = Deployable.AUTH.jar(layout);
    library = jar.resolveSibling("lib/library.jar");
    Files.createDirectories(library.getParent());
    Files.writeString(jar, "the application");
    Files.writeString(library, "a library");
  }

  @Test
  void withoutACacheAStartIsAsUsual() {
    assertThat(cache().isThere()).isFalse();
    assertThat(cache().use()).isEmpty();
  }

  @Test
  void aCacheIsUsedByTheNextStartOfTheSameJars() throws IOException {
    write();
    assertThat(cache().isThere()).isFalse();

    cache().keep();

    assertThat(cache().isThere()).isTrue();
    assertThat(cache().use())
        .contains("-XX:AOTMode=auto")
        .anyMatch(it -> it.startsWith("-XX:AOTCache="));
  }

  @Test
  void aChangedLibraryNeedsANewOneWhichReplacesTheOld() throws IOException {
    write();
    cache().keep();

    Files.writeString(library, "another version of the library");

    assertThat(cache().isThere()).isFalse();
    write();
    cache().keep();
    assertThat(cache().isThere()).isTrue();
    try (var files = Files.list(layout.aot())) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void theCachesOfOthersAreLeftAlone() throws IOException {
    Path others = Files.writeString(layout.aot().resolve("chat-0123456789abcdef.aot"), "chat's");
    write();
    cache().keep();
    assertThat(others).exists();
  }

  @Test
  void aDiscardedOneIsNotUsedAgain() throws IOException {
    write();
    cache().keep();
    cache().discard();
    assertThat(cache().use()).isEmpty();
  }

  private AotCache cache() {
    return AotCache.of(Deployable.AUTH, layout);
  }

  /** What the JVM does at the end of a run that records. */
  private void write() throws IOException {
    List<String> options = cache().record();
    String file = options.getFirst().substring("-XX:AOTCacheOutput=".length());
    Files.writeString(Path.of(file), "classes");
  }
}
