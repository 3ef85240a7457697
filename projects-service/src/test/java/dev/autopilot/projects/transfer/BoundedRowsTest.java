package dev.autopilot.projects.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedRowsTest {
  private static final String LONG = "x".repeat(RowSource.MAX_ROW);

  private static int rows(String csv) throws IOException, UnreadableFileException {
    try (RowSource source =
        RowSource.open(
            Format.CSV, new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)))) {
      int rows = 0;
      while (source.next() != null) {
        rows++;
      }
      return rows;
    }
  }

  @Test
  void aFileMayBeLargerThanItsRows() throws Exception {
    String row = "a,\"" + "x\n,\"\"".repeat(100_000) + "\"\r\n";

    assertThat(rows("name,text\n" + row.repeat(20))).isEqualTo(20);
    assertThat(rows("a;b\n" + "1;\"x;\"\r".repeat(2_000))).isEqualTo(2_000);
    assertThat(rows("a,b,c\n" + "1,2,3\n".repeat(1_000))).isEqualTo(1_000);
  }

  @Test
  void aRowThatIsTooLongIsToldByItsLine() {
    assertThatThrownBy(() -> rows(LONG + "x"))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage("The row that begins on line 1 is too long.");
    assertThatThrownBy(() -> rows("name\r\nOak\r\n\"" + LONG))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage("The row that begins on line 3 is too long.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x\"", "\"x\"", "\"x\"\"\""})
  void cellsAreCountedWhateverStandsBeforeThem(String before) {
    assertThatThrownBy(() -> rows("name,text\n" + before + ",".repeat(1_000) + "\n"))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage("The row that begins on line 2 has more than 1000 cells.");
  }

  @Test
  void aHeaderOfAThousandColumnsIsTheLongest() throws Exception {
    StringBuilder header = new StringBuilder("c0");
    for (int i = 1; i < 1_000; i++) {
      header.append(",c").append(i);
    }

    assertThat(rows(header + "\n1\n")).isEqualTo(1);
    assertThatThrownBy(() -> rows(header + ",more\n1\n"))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage("The row that begins on line 1 has more than 1000 cells.");
  }
}
