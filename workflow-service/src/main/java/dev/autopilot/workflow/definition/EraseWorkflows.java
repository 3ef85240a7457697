package dev.autopilot.workflow.definition;

import dev.autopilot.events.envelope.ReceivedEvent;
import dev.autopilot.events.inbox.EventHandler;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;

/** With a person go all workflows. */
@ApplicationScoped
class EraseWorkflows implements EventHandler {
  private final Workflows workflows;

  EraseWorkflows(Workflows workflows) {
    this.workflows = workflows;
  }

  @Override
  public Set<String> types() {
    return Set.of("auth.user.deleted");
  }

  @Override
  public void handle(ReceivedEvent event) {
    UUID user = event.userId();
    if (user == null) {
      throw new IllegalArgumentException("auth.user.deleted names no user");
    }
    workflows.erase(user);
  }
}
