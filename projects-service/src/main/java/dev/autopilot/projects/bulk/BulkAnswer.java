package dev.autopilot.projects.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.autopilot.kernel.problem.Problem;
import dev.autopilot.projects.record.RecordView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of each row, creations first, then updates, upserts and deletions. */
@RegisterForReflection // No signature tells of it.
public record BulkAnswer(List<Result> results) {

  /**
   * @param index of the row in its own list
   * @param operation {@code create}, {@code update}, {@code upsert} or {@code delete}
   * @param status {@code ok} or {@code error}
   * @param record of one that was deleted none, and none when the client prefers a minimal answer
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Result(
      int index,
      String operation,
      String status,
      @Nullable UUID id,
      @Nullable RecordView record,
      @Nullable Problem problem) {}
}
