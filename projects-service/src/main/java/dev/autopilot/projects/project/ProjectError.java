package dev.autopilot.projects.project;

import dev.autopilot.kernel.problem.ErrorCode;

/** The refusals of projects. */
enum ProjectError implements ErrorCode {
  ALREADY_A_MEMBER(409, "The person is a member already"),
  OWNER_STAYS(409, "The owner of a project stays its owner");

  private final int status;
  private final String title;

  ProjectError(int status, String title) {
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
