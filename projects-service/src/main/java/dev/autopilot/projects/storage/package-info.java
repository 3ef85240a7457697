/** Where records live. Everything that knows how a record is stored is in here. */
@NullMarked
package dev.autopilot.projects.storage;

import org.jspecify.annotations.NullMarked;
