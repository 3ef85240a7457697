/** What a database's fields are, and which values they take. Knows no storage and no HTTP. */
@NullMarked
package dev.autopilot.projects.schema;

import org.jspecify.annotations.NullMarked;
