package dev.autopilot.projects.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;

/** A record as a client asks for it; the database's fields say what the values may be. */
public record CreateRecordRequest(@NotNull UUID databaseId, @NotNull ObjectNode values) {}
