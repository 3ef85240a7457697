/**
 * What survives when processes are killed in the middle of their work, and how soon they are back.
 */
@NullMarked
package dev.autopilot.e2e.faults;

import org.jspecify.annotations.NullMarked;
