package dev.autopilot.projects.query;

import dev.autopilot.projects.schema.Value;
import java.util.List;

/**
 * A condition on records, checked against their schema. Its logic has two values: a comparison with
 * nothing is false, and {@code not} turns that into true, so {@code status != "open"} finds the
 * records without a status too.
 */
public sealed interface Filter {

  record And(List<Filter> all) implements Filter {}

  record Or(List<Filter> any) implements Filter {}

  record Not(Filter filter) implements Filter {}

  record Compare(Column column, Operator operator, Value value) implements Filter {}

  record In(Column column, List<Value> values) implements Filter {}

  /** Both ends included. */
  record Between(Column column, Value low, Value high) implements Filter {}

  /** The text is part of the column's, without regard to case; of a list: it is an item. */
  record Contains(Column column, String text) implements Filter {}

  record IsNull(Column column) implements Filter {}

  /** How two values are compared. {@code !=} is the negation of {@code =}. */
  enum Operator {
    EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL
  }
}
