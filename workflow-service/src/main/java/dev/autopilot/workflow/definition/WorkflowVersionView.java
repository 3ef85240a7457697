package dev.autopilot.workflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** A version of a workflow's definition. */
public record WorkflowVersionView(int number, JsonNode definition, Instant createdAt) {}
