/** Figures behind decisions; run by hand, see docs/adr/record-storage.md. */
@NullMarked
package dev.autopilot.projects.benchmark;

import org.jspecify.annotations.NullMarked;
