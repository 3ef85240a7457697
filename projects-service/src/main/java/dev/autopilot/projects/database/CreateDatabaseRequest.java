package dev.autopilot.projects.database;

import dev.autopilot.projects.schema.FieldDefinition;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A database as a client asks for it. */
public record CreateDatabaseRequest(
    @NotNull UUID projectId,
    @NotBlank @Size(max = 200) String name,
    @Nullable @Size(max = 5_000) String description,
    @NotNull List<@NotNull @Valid FieldDefinition> fields) {}
