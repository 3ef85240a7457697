package dev.autopilot.events.database;

import java.time.Duration;

/** A table whose rows, by their {@code created_at}, are kept for a while and then deleted. */
public interface Expiring {
  String table();

  Duration keptFor();
}
