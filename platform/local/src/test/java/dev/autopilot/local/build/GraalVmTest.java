package dev.autopilot.local.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraalVmTest {
  private static final String HOME = "-Dquarkus.native.graalvm-home=";

  @TempDir Path folder;

  @Test
  void itsHomeIsTakenFromTheEnvironment() throws IOException {
    Path home = graalVm();
    assertThat(GraalVm.options(List.of("-X"), Map.of("GRAALVM_HOME", home.toString())))
        .containsExactly("-X", HOME + home);
  }

  @Test
  void itIsFoundOnThePath() throws IOException {
    Path home = graalVm();
    assertThat(GraalVm.options(List.of(), Map.of("PATH", "/usr/bin:" + home.resolve("bin"))))
        .containsExactly(HOME + home);
  }

  @Test
  void whatIsSaidIsTaken() throws IOException {
    List<String> given = List.of(HOME + graalVm());
    assertThat(GraalVm.options(given, Map.of("GRAALVM_HOME", "/nowhere"))).isEqualTo(given);
  }

  @Test
  void aContainerBringsItsOwn() {
    List<String> given = List.of("-Dquarkus.native.container-build=true");
    assertThat(GraalVm.options(given, Map.of())).isEqualTo(given);
  }

  @Test
  void withoutOneASentenceSaysWhatToDo() {
    assertThatThrownBy(() -> GraalVm.options(List.of(), Map.of("PATH", folder.toString())))
        .isInstanceOf(BuildFailure.class)
        .hasMessageContaining("set GRAALVM_HOME");
  }

  @Test
  void aHomeWithoutNativeImageIsNamed() {
    assertThatThrownBy(() -> GraalVm.options(List.of(), Map.of("GRAALVM_HOME", folder.toString())))
        .isInstanceOf(BuildFailure.class)
        .hasMessageContaining(folder + " has no bin/native-image");
  }

  private Path graalVm() throws IOException {
    Path home = folder.resolve("graalvm");
    Path program = Files.createDirectories(home.resolve("bin")).resolve("native-image");
    assertThat(Files.createFile(program).toFile().setExecutable(true)).isTrue();
    return home;
  }
}
