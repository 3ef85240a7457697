package dev.autopilot.projects.record;

import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.Problem.FieldError;
import dev.autopilot.kernel.problem.ProblemException;
import dev.autopilot.projects.database.Schemas;
import dev.autopilot.projects.schema.Field;
import dev.autopilot.projects.schema.FieldType;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.schema.Values;
import dev.autopilot.projects.storage.Links;
import dev.autopilot.projects.storage.RecordStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Relations point at records, and file fields at files of the project, that exist and that stay
 * until the transaction has ended.
 */
@ApplicationScoped
class Relations {
  private final Schemas schemas;
  private final RecordStore store;
  private final Links links;

  Relations(Schemas schemas, RecordStore store, Links links) {
    this.schemas = schemas;
    this.store = store;
    this.links = links;
  }

  /** For each new row, in the order given, why it can't be stored, or null when it can. */
  List<@Nullable ProblemException> check(Schema schema, List<Values> rows) {
    return check(schema, Collections.nCopies(rows.size(), Values.NONE), rows);
  }

  /**
   * The same for rows that change, of which only what they newly point at is asked for: whoever
   * deletes what they pointed at before comes to them too, and a database that is deleted may come
   * back.
   */
  List<@Nullable ProblemException> check(Schema schema, List<Values> before, List<Values> after) {
    Map<Field, Set<UUID>> present = new HashMap<>();
    for (Field field : schema.fields()) {
      if (Links.isLink(field)) {
        present.put(field, present(schema, field, before, after));
      }
    }
    List<@Nullable ProblemException> problems = new ArrayList<>(after.size());
    for (int i = 0; i < after.size(); i++) {
      problems.add(present.isEmpty() ? null : problem(before.get(i), after.get(i), present));
    }
    return problems;
  }

  private static Set<UUID> added(Field field, Values before, Values after) {
    Set<UUID> added = new HashSet<>(Links.targets(field, after.get(field)));
    Links.targets(field, before.get(field)).forEach(added::remove);
    return added;
  }

  private Set<UUID> present(Schema schema, Field field, List<Values> before, List<Values> after) {
    Set<UUID> wanted = new HashSet<>();
    for (int i = 0; i < after.size(); i++) {
      wanted.addAll(added(field, before.get(i), after.get(i)));
    }
    if (field.type() == FieldType.FILE) {
      return wanted.isEmpty() ? Set.of() : links.keepFilesPresent(schema, wanted);
    }
    UUID database = field.options().databaseId();
    if (wanted.isEmpty() || database == null) {
      return Set.of();
    }
    Schema target = schemas.sibling(schema, database);
    return target == null ? Set.of() : store.keepPresent(target, wanted);
  }

  private static @Nullable ProblemException problem(
      Values before, Values after, Map<Field, Set<UUID>> present) {
    List<FieldError> errors = new ArrayList<>();
    present.forEach((field, ids) -> {
      if (!ids.containsAll(added(field, before, after))) {
        String what = field.type() == FieldType.FILE ? "file in the project." : "record.";
        errors.add(new FieldError("/values/" + field.key(), "There is no such " + what));
      }
    });
    return errors.isEmpty()
        ? null
        : new ProblemException(CommonError.VALIDATION_FAILED, null, errors);
  }
}
