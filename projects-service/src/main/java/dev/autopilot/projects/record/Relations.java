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

/** Relations point at records that exist, and that stay until the transaction has ended. */
@ApplicationScoped
class Relations {
  private final Schemas schemas;
  private final RecordStore store;

  Relations(Schemas schemas, RecordStore store) {
    this.schemas = schemas;
    this.store = store;
  }

  /** For each row, in the order given, why it can't be stored, or null when it can. */
  List<@Nullable ProblemException> check(Schema schema, List<Values> rows) {
    Map<Field, Set<UUID>> present = new HashMap<>();
    for (Field field : schema.fields()) {
      if (field.type() == FieldType.RELATION) {
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
        errors.add(new FieldError("/values/" + field.key(), "There is no such record."));
      }
    });
    return errors.isEmpty()
        ? null
        : new ProblemException(CommonError.VALIDATION_FAILED, null, errors);
  }
}
