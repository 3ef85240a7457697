package dev.autopilot.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autopilot.kernel.Ids;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.ProblemException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
  @Test
  void givesBackWhatWasPutIn() {
    UUID id = Ids.next();
    Instant at = Instant.parse("2026-01-02T03:04:05.123456Z");

    Cursor cursor =
        Cursor.decode(Cursor.of("ä/€", 42L, true, new BigDecimal("1.10"), id, at, null).encode());

    assertThat(cursor.text(0)).isEqualTo("ä/€");
    assertThat(cursor.number(1)).isEqualTo(42);
    assertThat(cursor.flag(2)).isTrue();
    assertThat(cursor.decimal(3)).isEqualTo(new BigDecimal("1.10"));
    assertThat(cursor.uuid(4)).isEqualTo(id);
    assertThat(cursor.instant(5)).isEqualTo(at);
    assertThat(cursor.isNull(6)).isTrue();
    assertThat(cursor.size()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%%%", "bm90IGpzb24", "e30", "MQ", "'; drop table records --"})
  void refusesWhatItNeverGaveOut(String text) {
    assertInvalid(() -> Cursor.decode(text));
  }

  @Test
  void refusesValuesOfAnotherKind() {
    Cursor cursor = Cursor.decode(Cursor.of("text", 7).encode());

    assertInvalid(() -> cursor.uuid(0));
    assertInvalid(() -> cursor.instant(0));
    assertInvalid(() -> cursor.number(0));
    assertInvalid(() -> cursor.text(1));
    assertInvalid(() -> cursor.text(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-0001-01-01T00:00:00Z",
        "0000-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59Z"
      })
  void refusesInstantsThatNoColumnHolds(String instant) {
    assertInvalid(() -> Cursor.decode(Cursor.of(instant).encode()).instant(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"})
  void takesInstantsUpToTheEdges(String instant) {
    assertThat(Cursor.decode(Cursor.of(instant).encode()).instant(0))
        .isEqualTo(Instant.parse(instant));
  }

  @Test
  void aPageHasACursorOnlyWhenThereIsMore() {
    PageRequest two = new PageRequest("2", null, null);

    Page<Integer> first = Page.of(List.of(1, 2, 3), two, Cursor::of);
    Page<Integer> last = Page.of(List.of(3), two, Cursor::of);

    assertThat(first.items()).containsExactly(1, 2);
    assertThat(Cursor.decode(String.valueOf(first.nextCursor())).number(0)).isEqualTo(2);
    assertThat(last.nextCursor()).isNull();
  }

  @Test
  void aPageOfLargeRowsEndsEarlyAndReadsNoFurther() {
    List<Integer> read = new ArrayList<>();
    Page<Integer> page = pageOfRows(Page.MAX_SIZE / 3, read);

    assertThat(page.items()).containsExactly(1, 2, 3);
    assertThat(Cursor.decode(String.valueOf(page.nextCursor())).number(0)).isEqualTo(3);
    assertThat(read).containsExactly(1, 2, 3, 4);
  }

  @Test
  void aRowThatIsTooLargeAloneIsAPage() {
    assertThat(pageOfRows(Page.MAX_SIZE + 1, new ArrayList<>()).items()).containsExactly(1);
  }

  @Test
  void aPageOfSmallRowsIsAsLongAsAskedFor() {
    Page<Integer> page = pageOfRows(1, new ArrayList<>());

    assertThat(page.items()).hasSize(5);
    assertThat(Cursor.decode(String.valueOf(page.nextCursor())).number(0)).isEqualTo(5);
  }

  /** Of six rows five are asked for. */
  private static Page<Integer> pageOfRows(long size, List<Integer> read) {
    return Page.bounded(
        Stream.of(1, 2, 3, 4, 5, 6).peek(read::add),
        new PageRequest("5", null, null),
        Cursor::of,
        row -> size);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "201", "-1", "ten", "1.5", ""})
  void refusesLimitsOutOfBounds(String limit) {
    assertThatThrownBy(() -> new PageRequest(limit, null, null).limit())
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(CommonError.VALIDATION_FAILED);
              assertThat(refusal.errors().getFirst().pointer()).isEqualTo("/limit");
            });
  }

  private static void assertInvalid(Runnable reading) {
    assertThatThrownBy(reading::run)
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(CommonError.INVALID_CURSOR));
  }
}
