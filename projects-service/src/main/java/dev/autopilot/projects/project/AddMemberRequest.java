package dev.autopilot.projects.project;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** Somebody to be let in. */
public record AddMemberRequest(@NotNull UUID userId, @NotNull Role role) {}
