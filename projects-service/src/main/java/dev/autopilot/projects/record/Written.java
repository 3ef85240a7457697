package dev.autopilot.projects.record;

import dev.autopilot.kernel.problem.ProblemException;
import dev.autopilot.projects.storage.StoredRecord;

/** What became of one row of a batch. */
public sealed interface Written {
  /** It is stored. */
  record Stored(StoredRecord record) implements Written {}

  /** It is not, and nothing of it. */
  record Refused(ProblemException problem) implements Written {}

  /** The record, or the refusal thrown. */
  default StoredRecord orRefuse() {
    return switch (this) {
      case Stored(var record) -> record;
      case Refused(var problem) -> throw problem;
    };
  }
}
