/** Failures as RFC 9457 problems: codes owned by features, one translation to the wire. */
@NullMarked
package dev.autopilot.kernel.problem;

import org.jspecify.annotations.NullMarked;
