package dev.autopilot.projects.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Value;
import dev.autopilot.projects.schema.Values;

/**
 * The words that a record is found by, with their places, as PostgreSQL reads a {@code tsvector}.
 * Made here since that is cheaper than to have it parse texts. Between two texts a place stays
 * empty, so that no phrase goes across. Ids are left out: they would be five words each that nobody
 * types.
 */
final class RecordWords {
  private static final int ID_LENGTH = 36;

  private final StringBuilder vector = new StringBuilder(256);
  private int place;

  private RecordWords() {}

  static String of(Schema schema, Values values) {
    RecordWords words = new RecordWords();
    for (Field field : schema.fields()) {
      switch (values.get(field)) {
        case Value.Text(var text) -> words.add(text);
        case Value.Texts(var texts) -> texts.forEach(words::add);
        case Value.Tree(var tree) -> words.add(tree);
        case Value.Amount _, Value.Flag _ -> {}
        case null -> {}
      }
    }
    return words.vector.toString();
  }

  private void add(JsonNode tree) {
    if (tree.isTextual()) {
      add(tree.textValue());
    } else {
      tree.forEach(this::add);
    }
  }

  private void add(String text) {
    if (isId(text)) {
      return;
    }
    Words words = new Words(text);
    while (words.next(vector)) {
      // A word is of letters and digits alone, so nothing in it needs to be quoted.
      vector.append(':').append(++place).append(' ');
    }
    place++;
  }

  private static boolean isId(String text) {
    if (text.length() != ID_LENGTH) {
      return false;
    }
    for (int i = 0; i < ID_LENGTH; i++) {
      char c = text.charAt(i);
      boolean fits =
          switch (i) {
            case 8, 13, 18, 23 -> c == '-';
            default -> c < 128 && Character.digit(c, 16) >= 0;
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}
