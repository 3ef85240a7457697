package dev.autopilot.projects.sql;

import static org.assertj.core.api.Assertions.assertThat;

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
}
