package dev.autopilot.projects.database;

import dev.autopilot.projects.schema.Schema;
import java.util.UUID;

/**
 * A database is being restored. Told within this process and its transaction, to whoever has to put
 * its records right; nobody else writes them until it ends.
 */
public record DatabaseComesBack(Schema schema, UUID by) {}
