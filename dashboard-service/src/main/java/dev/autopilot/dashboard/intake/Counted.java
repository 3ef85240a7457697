package dev.autopilot.dashboard.intake;

import dev.autopilot.events.envelope.ReceivedEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an event changes about the figures.
 *
 * @param counts what is added to which figure
 * @param container what the counted thing lies in; while that is gone, the thing doesn't count
 * @param root what the container lies in
 * @param ended the container that is gone with this
 * @param restored the container that is back with this
 */
record Counted(
    Map<String, Integer> counts,
    @Nullable UUID container,
    @Nullable UUID root,
    @Nullable UUID ended,
    @Nullable UUID restored) {

  private static final Counted NOTHING = of(Map.of());

  /** Where in the projects something is. */
  @RegisterForReflection
  private record Place(@Nullable UUID projectId, @Nullable UUID databaseId) {}

  /** Types that nobody counts yet are archived all the same. */
  static Counted of(ReceivedEvent event) {
    return switch (event.type()) {
      case "auth.user.registered" -> more("users");
      case "chat.session.created" -> more("sessions");
      case "chat.session.deleted" -> fewer("sessions");
      case "projects.project.created" -> more("projects");
      case "projects.project.deleted" -> fewer("projects").ending(place(event).projectId());
      case "projects.project.restored" -> more("projects").restoring(place(event).projectId());
      case "projects.database.created" -> more("databases").within(place(event).projectId(), null);
      case "projects.database.deleted" ->
          fewer("databases")
              .within(place(event).projectId(), null)
              .ending(place(event).databaseId());
      case "projects.database.restored" ->
          more("databases")
              .within(place(event).projectId(), null)
              .restoring(place(event).databaseId());
      case "projects.record.created" -> more("records").within(place(event));
      case "projects.record.deleted" -> fewer("records").within(place(event));
      case "projects.file.created" -> more("files").within(place(event).projectId(), null);
      case "projects.file.deleted" -> fewer("files").within(place(event).projectId(), null);
      case "workflow.workflow.created" -> more("workflows");
      case "workflow.workflow.deleted" -> fewer("workflows");
      case "integration.endpoint.created" -> more("webhooks");
      case "integration.endpoint.deleted" -> fewer("webhooks");
      default -> NOTHING;
    };
  }

  private static Place place(ReceivedEvent event) {
    return event.data(Place.class);
  }

  private static Counted more(String metric) {
    return of(Map.of(metric, 1));
  }

  private static Counted fewer(String metric) {
    return of(Map.of(metric, -1));
  }

  private static Counted of(Map<String, Integer> counts) {
    return new Counted(counts, null, null, null, null);
  }

  private Counted within(Place place) {
    return within(place.databaseId(), place.projectId());
  }

  private Counted within(@Nullable UUID inner, @Nullable UUID outer) {
    return new Counted(counts, inner, outer, ended, restored);
  }

  private Counted ending(@Nullable UUID what) {
    return new Counted(counts, container, root, what, restored);
  }

  private Counted restoring(@Nullable UUID what) {
    return new Counted(counts, container, root, ended, what);
  }
}
