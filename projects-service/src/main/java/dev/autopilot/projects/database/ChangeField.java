package dev.autopilot.projects.database;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.schema.Conversion;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.FieldOptions;
import dev.autopilot.projects.schema.FieldType;
import dev.autopilot.projects.schema.InvalidValueException;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Value;
import dev.autopilot.projects.schema.ValueReader;
import dev.autopilot.projects.sql.SqlFailedException;
import dev.autopilot.projects.storage.RecordStore;
import dev.autopilot.projects.storage.RecordTables;
import dev.autopilot.projects.storage.StorageTasks;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** What a changed field asks of the records that exist, and of the table they lie in. */
@ApplicationScoped
class ChangeField {
  private final RecordTables tables;
  private final RecordStore store;
  private final RewriteValues rewrite;
  private final StorageTasks tasks;

  ChangeField(RecordTables tables, RecordStore store, RewriteValues rewrite, StorageTasks tasks) {
    this.tables = tables;
    this.store = store;
    this.rewrite = rewrite;
    this.tasks = tasks;
  }

  /** A field that is new: what is demanded of all records must come from its default. */
  void added(Schema before, Schema after, Field field) {
    tables.create(after, field);
    if (field.type() == FieldType.AUTONUMBER) {
      store.numberAll(after, field);
      return;
    }
    Value preset = preset(field);
    if (preset != null) {
      rewrite.fill(after, after, field, preset);
    } else if (field.required()) {
      rewrite.requireAll(after, field);
    }
  }

  private static @Nullable Value preset(Field field) {
    JsonNode json = field.options().defaultValue();
    try {
      return json == null ? null : ValueReader.read(field, json);
    } catch (InvalidValueException invalid) {
      throw CommonError.VALIDATION_FAILED.at("/options/default", invalid.reason());
    }
  }

  /** Whether values must be written anew, which they are to a slot of their own. */
  boolean needsSlot(Field before, Field after) {
    return before.type() != after.type() || before.shape() != after.shape();
  }

  void changed(Schema schemaBefore, Field before, Schema schemaAfter, Field after) {
    if (!Conversion.isPossible(before, after)
        || (before.type() == FieldType.RELATION && !sameTarget(before, after))) {
      throw CommonError.VALIDATION_FAILED.at(
          "/type", "A %s can't become this.".formatted(before.type()));
    }
    boolean moved = before.slot() != after.slot();
    if (moved || !limits(before.options()).equals(limits(after.options()))) {
      rewrite.convert(schemaBefore, before, schemaAfter, after);
    }
    if (after.required() && !before.required()) {
      rewrite.requireAll(schemaAfter, after);
    }
    if (moved) {
      tables.drop(schemaBefore, before);
      unique(schemaAfter, after, () -> tables.create(schemaAfter, after));
    } else {
      indexes(schemaBefore, before, schemaAfter, after);
    }
  }

  private void indexes(Schema schemaBefore, Field before, Schema schemaAfter, Field after) {
    if (after.unique() && !before.unique()) {
      unique(schemaAfter, after, () -> tables.createUnique(schemaAfter, after));
    } else if (before.unique() && !after.unique()) {
      tables.dropUnique(schemaBefore, before);
    }
    if (after.indexed() && !before.indexed()) {
      tasks.buildIndex(schemaAfter, after);
    } else if (before.indexed() && !after.indexed()) {
      tables.dropIndex(schemaBefore, before);
    }
  }

  private static void unique(Schema schema, Field field, Runnable creation) {
    try {
      creation.run();
    } catch (SqlFailedException failure) {
      if (failure.brokenUniqueIndex() == null) {
        throw failure;
      }
      throw FieldError.VALUES_ARE_NOT_UNIQUE.at(
          "/unique", "Records of " + schema.databaseId() + " share a " + field.key() + ".");
    }
  }

  private static boolean sameTarget(Field before, Field after) {
    return before.options().equals(after.options());
  }

  /** The options that values are held to; the others don't touch what is stored. */
  private static FieldOptions limits(FieldOptions options) {
    return new FieldOptions(
        options.choices(),
        options.databaseId(),
        options.many(),
        options.precision(),
        options.scale(),
        options.min(),
        options.max(),
        options.pattern(),
        options.maxLength(),
        null,
        null);
  }

  void removed(Schema schema, Field field) {
    tables.drop(schema, field);
  }
}
