package dev.autopilot.projects.schema;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The types a field may have, by their names on the wire in lower case. */
public enum FieldType {
  TEXT,
  LONG_TEXT,
  NUMBER,
  DECIMAL,
  BOOLEAN,
  DATE,
  DATETIME,
  SELECT,
  MULTI_SELECT,
  EMAIL,
  URL,
  JSON,
  RELATION,
  FILE,
  AUTONUMBER;

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether its values are short enough, and single, to be ordered and found by a B-tree. */
  boolean isOrdered() {
    return switch (this) {
      case LONG_TEXT, MULTI_SELECT, JSON -> false;
      case TEXT, NUMBER, DECIMAL, BOOLEAN, DATE, DATETIME, SELECT, EMAIL, URL -> true;
      case RELATION, FILE, AUTONUMBER -> true;
    };
  }

  /** Whether it can be demanded that no two records hold the same value. */
  boolean mayBeUnique() {
    return isOrdered() && this != BOOLEAN;
  }
}
