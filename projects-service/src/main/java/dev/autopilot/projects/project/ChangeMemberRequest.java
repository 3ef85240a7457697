package dev.autopilot.projects.project;

import jakarta.validation.constraints.NotNull;

/** What a member is to be from now on. */
public record ChangeMemberRequest(@NotNull Role role) {}
