package dev.autopilot.projects.query;

import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Shape;
import org.jspecify.annotations.Nullable;

/** What a filter compares and a sort orders by. */
public sealed interface Column {
  /** By which clients know it. */
  String key();

  Shape shape();

  boolean isOrdered();

  /** Whether a record may have nothing here. */
  boolean isNullable();

  /** A field of the database. */
  record OfField(Field field) implements Column {
    @Override
    public String key() {
      return field.key();
    }

    @Override
    public Shape shape() {
      return field.shape();
    }

    @Override
    public boolean isOrdered() {
      return field.isOrdered();
    }

    @Override
    public boolean isNullable() {
      return true;
    }
  }

  /** What every record has. */
  enum OfRecord implements Column {
    ID("id", Shape.TEXT),
    CREATED_AT("createdAt", Shape.TEXT),
    UPDATED_AT("updatedAt", Shape.TEXT),
    CREATED_BY("createdBy", Shape.TEXT),
    VERSION("version", Shape.NUMBER);

    private final String key;
    private final Shape shape;

    OfRecord(String key, Shape shape) {
      this.key = key;
      this.shape = shape;
    }

    @Override
    public String key() {
      return key;
    }

    @Override
    public Shape shape() {
      return shape;
    }

    @Override
    public boolean isOrdered() {
      return true;
    }

    @Override
    public boolean isNullable() {
      return false;
    }
  }

  /** The column with that key, or null. No field has a key of {@link OfRecord}. */
  static @Nullable Column named(String key, Schema schema) {
    Field field = schema.field(key);
    if (field != null) {
      return new OfField(field);
    }
    for (OfRecord column : OfRecord.values()) {
      if (column.key().equals(key)) {
        return column;
      }
    }
    return null;
  }
}
