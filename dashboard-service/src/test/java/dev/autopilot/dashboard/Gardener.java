package dev.autopilot.dashboard;

import dev.autopilot.kernel.Ids;
import dev.autopilot.testkit.OtherServices;
import java.util.Map;
import java.util.UUID;

/** What projects-service tells of the projects of one person. */
public record Gardener(OtherServices others, UUID user) {

  public UUID project() {
    UUID id = Ids.next();
    project(id, "created");
    return id;
  }

  public void project(UUID id, String what) {
    tell("projects.project." + what, id, Map.of("projectId", id, "name", "Birds"));
  }

  public UUID database(UUID project) {
    UUID id = Ids.next();
    database(id, project, "created");
    return id;
  }

  public void database(UUID id, UUID project, String what) {
    tell(
        "projects.database." + what,
        id,
        Map.of("databaseId", id, "projectId", project, "name", "Sightings"));
  }

  public void record(UUID database, UUID project, String what) {
    UUID id = Ids.next();
    tell(
        "projects.record." + what,
        id,
        Map.of("recordId", id, "databaseId", database, "projectId", project, "values", Map.of()));
  }

  public void tell(String type, Object subject, Map<String, ?> data) {
    others.tell(type, subject.toString(), user, data);
  }
}
