package dev.autopilot.projects.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** What a select may be set to. Records hold the value; label and colour are for people. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Choice(String value, @Nullable String label, @Nullable String color) {}
