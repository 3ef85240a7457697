package dev.autopilot.projects.schema;

import java.math.BigDecimal;

/** What numbers a field takes. */
final class Numbers {
  static final int MAX_PRECISION = 38;

  private Numbers() {}

  static BigDecimal read(Field field, BigDecimal number) throws InvalidValueException {
    requireStorable(number);
    return field.type() == FieldType.DECIMAL
        ? decimal(field.options(), number)
        : number(field, number);
  }

  private static BigDecimal decimal(FieldOptions options, BigDecimal number)
      throws InvalidValueException {
    int scale = options.scale() == null ? FieldRules.DEFAULT_SCALE : options.scale();
    int precision =
        options.precision() == null ? FieldRules.DEFAULT_PRECISION : options.precision();
    BigDecimal plain = number.stripTrailingZeros();
    if (plain.scale() > scale) {
      throw new InvalidValueException("At most " + scale + " digits behind the point.");
    }
    BigDecimal exact = plain.setScale(scale);
    if (exact.precision() > precision) {
      throw new InvalidValueException("At most " + precision + " digits.");
    }
    return exact;
  }

  private static BigDecimal number(Field field, BigDecimal number) throws InvalidValueException {
    BigDecimal min = field.options().min();
    BigDecimal max = field.options().max();
    if (min != null && number.compareTo(min) < 0) {
      throw new InvalidValueException("Not less than " + min.toPlainString() + ".");
    }
    if (max != null && number.compareTo(max) > 0) {
      throw new InvalidValueException("Not more than " + max.toPlainString() + ".");
    }
    return plain(number);
  }

  /** Without trailing zeros behind the point and without an exponent: one form for one number. */
  static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  static void requireStorable(BigDecimal number) throws InvalidValueException {
    if (number.precision() > MAX_PRECISION
        || number.scale() > MAX_PRECISION
        || number.scale() < -MAX_PRECISION) {
      throw new InvalidValueException("At most " + MAX_PRECISION + " digits.");
    }
  }
}
