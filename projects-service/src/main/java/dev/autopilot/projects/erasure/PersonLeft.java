package dev.autopilot.projects.erasure;

import java.util.UUID;

/**
 * What a person had here is to be erased at once. Told within this process, to whoever does it and
 * would hurry; what makes sure of it is in the database.
 */
public record PersonLeft(UUID userId) {}
