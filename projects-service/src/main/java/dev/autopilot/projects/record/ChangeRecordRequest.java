package dev.autopilot.projects.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.constraints.NotNull;

/** A merge patch of a record: null clears a value, what is absent stays. */
public record ChangeRecordRequest(@NotNull ObjectNode values) {}
