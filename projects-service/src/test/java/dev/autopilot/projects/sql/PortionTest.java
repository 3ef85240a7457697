package dev.autopilot.projects.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PortionTest {
  private static final long MIB = 1024 * 1024;

  @Test
  void whatFitsIsOneRun() {
    List<Long> rows = LongStream.generate(() -> MIB / 512).limit(1_024).boxed().toList();

    assertThat(Portion.split(rows, Long::longValue)).containsExactly(rows);
    assertThat(Portion.split(List.<Long>of(), Long::longValue)).isEmpty();
  }

  @Test
  void aRunEndsBeforeItIsTooLargeAndWhatAloneIsTooLargeIsARun() {
    assertThat(Portion.split(List.of(MIB, MIB, 1L, 5 * MIB, 2L, 3L), Long::longValue))
        .containsExactly(List.of(MIB, MIB), List.of(1L), List.of(5 * MIB), List.of(2L, 3L));
  }

  @Test
  void readingGoesOnBehindARowThatAloneIsTooLargeWhetherStoredOrAsText() throws SQLException {
    // A number is larger as text than it is stored, a text that repeats itself the other way round.
    assertThat(readInPortionsOf(1_000, "1", "1e3000", "2", "3", "1e3000", "1e3000", "4"))
        .containsExactly(1, 2, 3, 4, 5, 6, 7);
    String long_ = '"' + "x".repeat(3_000) + '"';
    assertThat(readInPortionsOf(1_000, long_, "1", long_, "2", long_))
        .containsExactly(1, 2, 3, 4, 5);
  }

  private static List<Integer> readInPortionsOf(long capacity, String... data) throws SQLException {
    List<Integer> read = new ArrayList<>();
    try (Connection connection = TestDatabase.connect("portions")) {
      Sql sql = OneConnection.sql(connection);
      Portion<Integer> portion;
      do {
        Statement behind =
            Statement.of(
                "from unnest(?, ?::text[]::jsonb[]) as t (n, data) where n > ? order by n",
                numbers(data.length),
                data,
                read.isEmpty() ? 0 : read.getLast());
        portion = sql.goOn(Portion.empty(capacity), "n", behind, 3, row -> row.getInt("n"));
        read.addAll(portion.rows());
      } while (portion.more());
    }
    return read;
  }

  private static Integer[] numbers(int count) {
    Integer[] numbers = new Integer[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = i + 1;
    }
    return numbers;
  }
}
