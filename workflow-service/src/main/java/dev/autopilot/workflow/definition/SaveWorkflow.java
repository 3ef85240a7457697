package dev.autopilot.workflow.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.Problem.FieldError;
import dev.autopilot.kernel.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Stores a workflow and its versions, and tells of it. Only what could be run is stored. */
@ApplicationScoped
class SaveWorkflow {
  private static final String POINTER = "/definition";

  private final Workflows workflows;
  private final Outbox outbox;
  private final Clock clock;

  SaveWorkflow(Workflows workflows, Outbox outbox, Clock clock) {
    this.workflows = workflows;
    this.outbox = outbox;
    this.clock = clock;
  }

  Workflow create(UUID id, UUID owner, NewWorkflow wanted) {
    requireValid(wanted.definition());
    Instant now = now();
    Workflow workflow = new Workflow(id, owner, wanted, now);
    WorkflowVersion first = workflow.draft(wanted.definition(), now);
    workflows.persistAndFlush(workflow);
    workflows.store(first);
    outbox.append(workflow.created());
    return workflow;
  }

  void edit(Workflow workflow, ObjectNode definition, WorkflowEdit edit) {
    if (edit.equals(workflow.editable(definition))) {
      return;
    }
    Instant now = now();
    if (!edit.definition().equals(definition)) {
      requireValid(edit.definition());
      workflows.store(workflow.draft(edit.definition(), now));
    }
    workflow.edit(edit, now);
    tellChanged(workflow);
  }

  void publish(Workflow workflow) {
    if (workflow.publish(now())) {
      tellChanged(workflow);
    }
  }

  /** Flushed first: the event carries the version that the change makes. */
  private void tellChanged(Workflow workflow) {
    workflows.flush();
    outbox.append(workflow.changed());
  }

  private static void requireValid(ObjectNode definition) {
    List<FieldError> problems = DefinitionCheck.of(definition, POINTER);
    if (!problems.isEmpty()) {
      throw new ProblemException(CommonError.VALIDATION_FAILED, null, problems);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
