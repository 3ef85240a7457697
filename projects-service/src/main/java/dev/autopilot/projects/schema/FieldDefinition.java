package dev.autopilot.projects.schema;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A field as clients define and see it.
 *
 * @param name for people; by default the key
 */
public record FieldDefinition(
    @NotNull
        @Pattern(
            regexp = "[A-Za-z][A-Za-z0-9_]{0,62}",
            message = "A letter, then letters, digits and underscores; at most 63.")
        String key,
    @Nullable @Size(min = 1, max = 200) String name,
    @NotNull FieldType type,
    @Nullable Boolean required,
    @Nullable Boolean unique,
    @Nullable Boolean indexed,
    @Nullable FieldOptions options) {

  public static FieldDefinition of(Field field) {
    return new FieldDefinition(
        field.key(),
        field.name(),
        field.type(),
        field.required(),
        field.unique(),
        field.indexed(),
        field.options());
  }

  /** The field that this defines, with its values stored in that slot. */
  public Field at(int slot) {
    return new Field(
        slot,
        key,
        name == null ? key : name,
        type,
        Boolean.TRUE.equals(required),
        Boolean.TRUE.equals(unique),
        Boolean.TRUE.equals(indexed),
        options == null ? FieldOptions.NONE : options);
  }
}
