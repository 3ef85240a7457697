package dev.autopilot.projects.bulk;

import dev.autopilot.kernel.problem.ErrorCode;
import dev.autopilot.kernel.problem.Problem.FieldError;
import dev.autopilot.kernel.problem.ProblemException;
import dev.autopilot.projects.record.RecordView;
import dev.autopilot.projects.record.Written;
import dev.autopilot.projects.schema.Schema;
import dev.autopilot.projects.storage.StoredRecord;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row of a bulk request on its way to its result. */
final class Row {
  private static final String VALUES = "/values";

  private final String operation;
  private final int index;
  private @Nullable UUID id;
  private @Nullable StoredRecord record;
  private @Nullable ProblemException problem;

  Row(String operation, int index) {
    this.operation = operation;
    this.index = index;
  }

  boolean isRefused() {
    return problem != null;
  }

  boolean isRefusedAs(ErrorCode code) {
    return problem != null && problem.code().equals(code);
  }

  int index() {
    return index;
  }

  /** Of the record that it became or changed, if it did. */
  List<UUID> ids() {
    return id == null ? List.of() : List.of(id);
  }

  void refuse(ProblemException why) {
    problem = why;
  }

  void settle(Written written) {
    switch (written) {
      case Written.Refused(var why) -> problem = why;
      case Written.Stored(var stored) -> {
        problem = null;
        id = stored.id();
        record = stored;
      }
    }
  }

  void deleted(UUID recordId) {
    id = recordId;
  }

  BulkAnswer.Result result(Schema schema, Preference preference) {
    if (problem != null) {
      return new BulkAnswer.Result(
          index, operation, "error", null, null, problem.toProblem(null, null));
    }
    RecordView shown =
        record == null || preference == Preference.MINIMAL ? null : RecordView.of(schema, record);
    return new BulkAnswer.Result(index, operation, "ok", id, shown, null);
  }

  /** What is wrong with it, with pointers that begin at the whole request. */
  List<FieldError> errors() {
    if (problem == null) {
      return List.of();
    }
    String at = "/" + operation + (operation.equals("upsert") ? "/values/" : "/") + index;
    if (problem.errors().isEmpty()) {
      return List.of(new FieldError(at, String.valueOf(problem.getMessage())));
    }
    return problem.errors().stream()
        .map(error -> new FieldError(at + pointer(error), error.message()))
        .toList();
  }

  /** Only an update has its values under a name; the other rows are their values. */
  private String pointer(FieldError error) {
    String pointer = error.pointer();
    return !operation.equals("update") && pointer.startsWith(VALUES + "/")
        ? pointer.substring(VALUES.length())
        : pointer;
  }
}
