package dev.autopilot.workflow.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.events.envelope.EventJson;
import dev.autopilot.kernel.Ids;
import dev.autopilot.testkit.Contracts;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WorkflowTest {
  private static final Instant NOW = Instant.parse("2026-01-15T09:00:00Z");
  private static final ObjectNode NOTHING = new ObjectMapper().createObjectNode();

  @Test
  void aDraftIsPublishedOnce() {
    Workflow workflow =
        new Workflow(Ids.next(), Ids.next(), new NewWorkflow("Weekly", null, null, NOTHING), NOW);
    WorkflowVersion first = workflow.draft(NOTHING, NOW);

    assertThat(first.number()).isEqualTo(1);
    assertThat(workflow.view(NOTHING).publishedVersion()).isNull();
    assertThat(workflow.publish(NOW)).isTrue();
    assertThat(workflow.publish(NOW)).as("there is nothing new to publish").isFalse();
    assertThat(workflow.view(NOTHING).publishedVersion()).isEqualTo(1);

    workflow.draft(NOTHING, NOW);
    assertThat(workflow.view(NOTHING).publishedVersion()).as("until it is published").isEqualTo(1);
    assertThat(workflow.publish(NOW)).isTrue();
    assertThat(workflow.view(NOTHING).publishedVersion()).isEqualTo(2);
  }

  @Test
  void itsEventsAreToldAsTheContractSays() {
    UUID id = UUID.fromString("01981b5e-7200-7000-8000-000000000003");
    UUID owner = Ids.next();

    assertThat(EventJson.tree(new WorkflowCreated(id, "Weekly report", true, owner, 0)))
        .isEqualTo(Contracts.golden("workflow.workflow.created").get("data"));
    assertThat(EventJson.tree(new WorkflowChanged(id, "Weekly report", false, owner, 1)))
        .isEqualTo(Contracts.golden("workflow.workflow.changed").get("data"));
    assertThat(EventJson.tree(new WorkflowDeleted(id, "Weekly report", false, owner, 2)))
        .isEqualTo(Contracts.golden("workflow.workflow.deleted").get("data"));
  }
}
