package dev.autopilot.projects.storage;

import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What things are called in the catalogue. All of it is made of two numbers that are ours, the
 * database's storage and the field's slot; nothing a client wrote is ever part of a name.
 */
final class Names {
  private static final String UNIQUE = "_u";

  private Names() {}

  static String table(long storage) {
    return "record_" + storage;
  }

  static String table(Schema schema) {
    return table(schema.storage());
  }

  static String index(long storage, int slot) {
    return table(storage) + "_i" + slot;
  }

  static String uniqueIndex(Schema schema, Field field) {
    return table(schema) + UNIQUE + field.slot();
  }

  static String sequence(Schema schema, Field field) {
    return table(schema) + "_n" + field.slot();
  }

  /** The field whose unique index has that name, or null. */
  static @Nullable Field uniqueField(Schema schema, String index) {
    for (Field field : schema.fields()) {
      if (uniqueIndex(schema, field).equals(index)) {
        return field;
      }
    }
    return null;
  }
}
