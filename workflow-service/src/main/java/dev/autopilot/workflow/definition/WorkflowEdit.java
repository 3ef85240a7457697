package dev.autopilot.workflow.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What may be changed about a workflow, by merge patch. Another definition is another version. */
record WorkflowEdit(
    @NotBlank @Size(max = MAX_NAME) String name,
    @Size(max = MAX_DESCRIPTION) @Nullable String description,
    boolean enabled,
    @NotNull ObjectNode definition) {

  static final int MAX_NAME = 200;
  static final int MAX_DESCRIPTION = 4_000;
}
