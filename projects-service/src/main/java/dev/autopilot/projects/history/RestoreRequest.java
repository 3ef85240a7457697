package dev.autopilot.projects.history;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/** Which version a record is to be again. */
public record RestoreRequest(@NotNull @Min(1) Integer version) {}
