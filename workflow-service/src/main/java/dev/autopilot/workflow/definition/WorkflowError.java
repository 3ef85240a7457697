package dev.autopilot.workflow.definition;

import dev.autopilot.kernel.problem.ErrorCode;

enum WorkflowError implements ErrorCode {
  WORKFLOW_NOT_FOUND(404, "There is no such workflow");

  private final int status;
  private final String title;

  WorkflowError(int status, String title) {
    this.status = status;
    this.title = title;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }
}
