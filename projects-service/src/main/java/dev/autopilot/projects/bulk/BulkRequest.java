package dev.autopilot.projects.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Many changes of one database's records.
 *
 * @param atomic all or none, which is the default; else each for itself
 */
public record BulkRequest(
    @NotNull UUID databaseId,
    @Nullable Boolean atomic,
    @Nullable List<@NotNull ObjectNode> create,
    @Nullable List<@NotNull @Valid Update> update,
    @Nullable @Valid Upsert upsert,
    @Nullable List<@NotNull UUID> delete) {

  /**
   * @param values a merge patch
   * @param version that the record must have, if given
   */
  public record Update(@NotNull UUID id, @NotNull ObjectNode values, @Nullable Integer version) {}

  /**
   * @param on key of a unique field: who holds its value is changed, and if nobody does, a record
   *     is made
   */
  public record Upsert(@NotNull String on, @NotNull List<@NotNull ObjectNode> values) {}

  boolean isAtomic() {
    return !Boolean.FALSE.equals(atomic);
  }

  int size() {
    return size(create)
        + size(update)
        + (upsert == null ? 0 : upsert.values().size())
        + size(delete);
  }

  private static int size(@Nullable List<?> rows) {
    return rows == null ? 0 : rows.size();
  }
}
