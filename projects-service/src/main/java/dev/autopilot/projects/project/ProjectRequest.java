package dev.autopilot.projects.project;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What a client says of a project. */
public record ProjectRequest(
    @NotBlank @Size(max = 200) String name, @Nullable @Size(max = 5_000) String description) {}
