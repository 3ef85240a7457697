package dev.autopilot.projects.database;

import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.ProblemException;
import dev.autopilot.projects.schema.Field;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Relations stay within a project: there everybody who sees the one end sees the other. */
@ApplicationScoped
class RelationTargets {
  private final Databases databases;

  RelationTargets(Databases databases) {
    this.databases = databases;
  }

  void check(UUID userId, UUID projectId, List<Field> fields) {
    for (int i = 0; i < fields.size(); i++) {
      UUID target = fields.get(i).options().databaseId();
      if (target != null && !isIn(projectId, userId, target)) {
        throw CommonError.VALIDATION_FAILED.at(
            "/fields/" + i + "/options/databaseId", "There is no such database in the project.");
      }
    }
  }

  private boolean isIn(UUID projectId, UUID userId, UUID databaseId) {
    try {
      return databases.seenBy(userId, databaseId).database().projectId().equals(projectId);
    } catch (ProblemException absent) {
      return false;
    }
  }
}
