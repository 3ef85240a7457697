package dev.autopilot.workflow.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A workflow to make.
 *
 * @param enabled whether its triggers may start it; true without it
 * @param definition triggers and steps
 */
public record NewWorkflow(
    @NotBlank @Size(max = WorkflowEdit.MAX_NAME) String name,
    @Size(max = WorkflowEdit.MAX_DESCRIPTION) @Nullable String description,
    @Nullable Boolean enabled,
    @NotNull ObjectNode definition) {

  boolean enabledOrDefault() {
    return enabled == null || enabled;
  }
}
