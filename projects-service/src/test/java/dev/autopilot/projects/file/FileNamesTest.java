package dev.autopilot.projects.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autopilot.kernel.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {
  @ParameterizedTest
  @CsvSource({
    "plan.pdf,plan.pdf",
    "../../etc/passwd,passwd",
    "C:\\temp\\a.txt,a.txt",
    "Grün 🐦.txt,Grün 🐦.txt"
  })
  void aNameIsNeverAPath(String offered, String name) {
    assertThat(FileNames.of(offered)).isEqualTo(name);
  }

  @Test
  void whatNoHeaderShouldSeeIsTakenOut() {
    assertThat(FileNames.of("a\r\nSet-Cookie: b\u202Etxt.exe\u0000"))
        .isEqualTo("aSet-Cookie: btxt.exe");
  }

  @Test
  void aNameOfAnyAlphabetTravelsInAHeader() {
    assertThat(FileNames.disposition("Grün \"x\".txt"))
        .isEqualTo(
            "attachment; filename=\"Gr_n _x_.txt\";" + " filename*=UTF-8''Gr%C3%BCn%20%22x%22.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a/", "\n"})
  void nothingIsNoName(String offered) {
    assertThatThrownBy(() -> FileNames.of(offered)).isInstanceOf(ProblemException.class);
  }
}
