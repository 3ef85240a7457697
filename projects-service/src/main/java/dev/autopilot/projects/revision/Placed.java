package dev.autopilot.projects.revision;

/** A revision and its place among the changes of its database. */
public record Placed(Position position, Revision revision) {}
