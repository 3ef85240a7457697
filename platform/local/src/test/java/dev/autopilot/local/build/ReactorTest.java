package dev.autopilot.local.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReactorTest {
  private static final FileTime WRITTEN = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
  private static final FileTime BUILT = FileTime.from(Instant.parse("2026-01-02T00:00:00Z"));
  private static final FileTime LATER = FileTime.from(Instant.parse("2026-01-03T00:00:00Z"));

  @TempDir Path root;

  @BeforeEach
  void checkout() throws IOException {
    write(
        "pom.xml",
        "<project><artifactId>autopilot</artifactId><modules><module>platform/kernel</module>"
            + "<module>platform/testkit</module><module>platform/local</module><module>gateway</module>"
            + "<module>auth-service</module><module>e2e</module></modules></project>");
    module("platform/kernel", "autopilot-kernel");
    module("platform/testkit", "autopilot-testkit");
    module("platform/local", "autopilot-local");
    module("gateway", "gateway", dependency("autopilot-kernel", "compile"));
    module(
        "auth-service",
        "auth-service",
        dependency("autopilot-kernel", "compile"),
        dependency("autopilot-testkit", "test"));
    module("e2e", "e2e", dependency("autopilot-local", "compile"));
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, WRITTEN);
      }
    }
  }

  @Test
  void aFreshCloneBuildsWhatTheCommandNeeds() throws IOException {
    assertThat(stale(Scope.SUITE))
        .containsExactly("autopilot-kernel", "autopilot-local", "gateway", "auth-service");
    assertThat(stale(Scope.RUNNER)).containsExactly("autopilot-local");
    assertThat(stale(Scope.EXERCISES)).containsExactly("autopilot-local", "e2e");
  }

  @Test
  void nothingIsBuiltTwice() throws IOException {
    build();
    assertThat(stale(Scope.SUITE)).isEmpty();
  }

  @Test
  void aChangedServiceIsBuiltAlone() throws IOException {
    build();
    touch("gateway/src/main/java/Route.java");
    assertThat(stale(Scope.SUITE)).containsExactly("gateway");
  }

  @Test
  void aChangeTravelsDownstream() throws IOException {
    build();
    touch("platform/kernel/src/main/java/Problem.java");
    assertThat(stale(Scope.SUITE)).containsExactly("autopilot-kernel", "gateway", "auth-service");
  }

  @Test
  void aChangeOfTestsOrOfWhatOnlyTestsUseChangesNothing() throws IOException {
    build();
    touch("platform/testkit/src/main/java/Tokens.java");
    touch("gateway/src/test/java/RouteTest.java");
    assertThat(stale(Scope.SUITE)).isEmpty();
  }

  @Test
  void theRootPomConcernsEverything() throws IOException {
    build();
    touch("pom.xml");
    assertThat(stale(Scope.SUITE)).hasSize(4);
  }

  @Test
  void aDeletedFileIsAChange() throws IOException {
    write("gateway/src/main/java/Gone.java", "");
    build();
    Files.delete(root.resolve("gateway/src/main/java/Gone.java"));
    assertThat(stale(Scope.SUITE)).containsExactly("gateway");
  }

  @Test
  void aBinaryIsMadeOfItsServiceAndOfWhatIsUpstream() throws IOException {
    assertThat(staleBinaries()).containsExactly("gateway", "auth-service");
    buildBinaries();
    assertThat(staleBinaries()).isEmpty();

    touch("gateway/src/main/java/Route.java");
    touch("e2e/src/main/java/Journey.java");
    assertThat(staleBinaries()).containsExactly("gateway");

    touch("platform/kernel/src/main/java/Problem.java");
    assertThat(staleBinaries()).containsExactly("gateway", "auth-service");
  }

  private List<String> staleBinaries() throws IOException {
    return Reactor.read(root).staleBinaries().stream().map(Reactor.Module::artifactId).toList();
  }

  private void buildBinaries() throws IOException {
    Reactor reactor = Reactor.read(root);
    for (Reactor.Module module : reactor.staleBinaries()) {
      reactor.markBinaryBuilt(module, BUILT);
    }
  }

  private List<String> stale(Scope scope) throws IOException {
    return Reactor.read(root).stale(scope).stream().map(Reactor.Module::artifactId).toList();
  }

  private void build() throws IOException {
    for (Scope scope : Scope.values()) {
      Reactor reactor = Reactor.read(root);
      reactor.markBuilt(reactor.stale(scope), BUILT);
    }
  }

  private void touch(String path) throws IOException {
    if (!Files.exists(root.resolve(path))) {
      write(path, "new");
    }
    Files.setLastModifiedTime(root.resolve(path), LATER);
  }

  private void module(String path, String artifactId, String... dependencies) throws IOException {
    write(
        path + "/pom.xml",
        "<project><parent><artifactId>autopilot</artifactId></parent><artifactId>%s</artifactId><dependencies>%s</dependencies></project>"
            .formatted(artifactId, String.join("", dependencies)));
    write(path + "/src/main/java/package-info.java", "");
  }

  private static String dependency(String artifactId, String scope) {
    return "<dependency><groupId>dev.autopilot</groupId><artifactId>%s</artifactId><scope>%s</scope></dependency>"
        .formatted(artifactId, scope);
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }
}
