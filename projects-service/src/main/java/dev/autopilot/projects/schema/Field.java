package dev.autopilot.projects.schema;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A field of a database.
 *
 * @param slot under which values are stored; never used again after the field is gone, so that a
 *     removed or retyped field needs no rewriting of records
 * @param key under which clients know it; never changes
 * @param name for people
 */
@RegisterForReflection(registerFullHierarchy = true) // Kept as JSON.
public record Field(
    int slot,
    String key,
    String name,
    FieldType type,
    boolean required,
    boolean unique,
    boolean indexed,
    FieldOptions options) {

  @JsonIgnore
  public Shape shape() {
    return switch (type) {
      case TEXT, LONG_TEXT, DATE, DATETIME, SELECT, EMAIL, URL, FILE -> Shape.TEXT;
      case NUMBER, DECIMAL, AUTONUMBER -> Shape.NUMBER;
      case BOOLEAN -> Shape.FLAG;
      case MULTI_SELECT -> Shape.TEXTS;
      case RELATION -> options.isMany() ? Shape.TEXTS : Shape.TEXT;
      case JSON -> Shape.TREE;
    };
  }

  /** Whether records can be sorted by it, and it can be indexed. */
  @JsonIgnore
  public boolean isOrdered() {
    return type.isOrdered() && !options.isMany();
  }
}
