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

  /** For each row, in the order given, why it can't be stored, or null when it can. */
  List<@Nullable ProblemException> check(Schema schema, List<Values> rows) {
    Map<Field, Set<UUID>> present = new HashMap<>();
    for (Field field : schema.fields()) {
      if (Links.isLink(field)) {
        present.put(field, present(schema, field, rows));
      }
    }
    List<@Nullable ProblemException> problems = new ArrayList<>(rows.size());
    for (Values values : rows) {
      problems.add(present.isEmpty() ? null : problem(values, present));
    }
    return problems;
  }

  private Set<UUID> present(Schema schema, Field field, List<Values> rows) {
    Set<UUID> wanted = new HashSet<>();
    for (Values values : rows) {
      wanted.addAll(Links.targets(field, values.get(field)));
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

  private static @Nullable ProblemException problem(Values values, Map<Field, Set<UUID>> present) {
    List<FieldError> errors = new ArrayList<>();
    present.forEach((field, ids) -> {
      if (!ids.containsAll(Links.targets(field, values.get(field)))) {
        String what = field.type() == FieldType.FILE ? "file in the project." : "record.";
        errors.add(new FieldError("/values/" + field.key(), "There is no such " + what));
      }
    });
    return errors.isEmpty()
        ? null
        : new ProblemException(CommonError.VALIDATION_FAILED, null, errors);
  }
}
