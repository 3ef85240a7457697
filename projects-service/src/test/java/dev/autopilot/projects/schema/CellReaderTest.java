package dev.autopilot.projects.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CellReaderTest {
  private static Field field(FieldType type) {
    return new Field(1, "a", "a", type, false, false, false, FieldOptions.NONE);
  }

  @Test
  void aNumberIsReadWithWhatStandsAroundIt() throws InvalidValueException {
    assertThat(CellReader.read(field(FieldType.NUMBER), " -1.50 "))
        .isEqualTo(new Value.Amount(new BigDecimal("-1.5")));
  }

  @ParameterizedTest
  @EnumSource(
      value = FieldType.class,
      names = {"NUMBER", "DECIMAL"})
  void aMillionDigitsAreRefusedUnread(FieldType type) {
    for (int digits : new int[] {101, 150_000, 1_000_000}) {
      assertThatThrownBy(() -> CellReader.read(field(type), "7".repeat(digits)))
          .isInstanceOf(InvalidValueException.class)
          .hasMessageNotContaining("digits");
    }
  }

  @ParameterizedTest
  @EnumSource(FieldType.class)
  void aCellLongerThanAnyValueIsRefused(FieldType type) {
    assertThatThrownBy(() -> CellReader.read(field(type), ";a".repeat(150_000)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("Longer than any value.");
  }
}
