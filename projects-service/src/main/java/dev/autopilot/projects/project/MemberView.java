package dev.autopilot.projects.project;

import java.time.Instant;
import java.util.UUID;

/** A member as the other members see them. */
public record MemberView(UUID userId, Role role, Instant addedAt) {}
