package dev.autopilot.projects.database;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What may be changed of a database beside its fields, which change one at a time. */
public record ChangeDatabaseRequest(
    @NotBlank @Size(max = 200) String name, @Nullable @Size(max = 5_000) String description) {}
