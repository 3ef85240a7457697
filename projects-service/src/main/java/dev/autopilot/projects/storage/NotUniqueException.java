package dev.autopilot.projects.storage;

import dev.autopilot.projects.schema.Field;

/** Another record holds that value of a unique field; the transaction can only be rolled back. */
public final class NotUniqueException extends Exception {
  private final transient Field field;

  NotUniqueException(Field field) {
    super("Not unique: " + field.key(), null, false, false);
    this.field = field;
  }

  public Field field() {
    return field;
  }
}
