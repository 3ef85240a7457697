package dev.autopilot.projects.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Collection;

/** How many bytes values take as JSON, in UTF-8 and escaped, without writing them. */
final class JsonSize {
  /** What stands around a value: quotes, a comma or a colon. */
  private static final int PUNCTUATION = 3;

  /** True, false, null, or a number of the usual size. */
  private static final int SCALAR = 8;

  private long bytes;

  private JsonSize() {}

  static long of(Collection<Value> values) {
    JsonSize size = new JsonSize();
    for (Value value : values) {
      size.add(value);
    }
    return size.bytes;
  }

  private void add(Value value) {
    switch (value) {
      case Value.Text(var text) -> add(text);
      case Value.Amount(var number) -> add(number);
      case Value.Flag _ -> bytes += SCALAR;
      case Value.Texts(var texts) -> texts.forEach(this::add);
      case Value.Tree(var tree) -> add(tree);
    }
  }

  private void add(JsonNode tree) {
    if (tree.isTextual()) {
      add(tree.textValue());
    } else if (tree.isContainerNode()) {
      bytes += PUNCTUATION;
      tree.fieldNames().forEachRemaining(this::add);
      tree.forEach(this::add);
    } else if (tree.isNumber() && !tree.isInt()) {
      add(tree.decimalValue());
    } else {
      bytes += SCALAR;
    }
  }

  /** Written out: it is stored without an exponent. */
  private void add(BigDecimal number) {
    int digits = Math.max(number.precision(), number.scale());
    bytes += Math.max(SCALAR, PUNCTUATION + digits + Math.max(0, -number.scale()));
  }

  private void add(String text) {
    bytes += PUNCTUATION;
    for (int i = 0; i < text.length(); i++) {
      bytes += bytes(text.charAt(i));
    }
  }

  private static int bytes(char c) {
    if (c < ' ') {
      return c == '\n' || c == '\r' || c == '\t' ? 2 : 6;
    }
    if (c == '"' || c == '\\') {
      return 2;
    }
    if (c < 0x80) {
      return 1;
    }
    return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }
}
