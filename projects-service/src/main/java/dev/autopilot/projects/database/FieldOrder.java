package dev.autopilot.projects.database;

import jakarta.validation.constraints.NotNull;
import java.util.List;

/** All keys of a database in the order in which its fields are to stand. */
public record FieldOrder(@NotNull List<@NotNull String> keys) {}
