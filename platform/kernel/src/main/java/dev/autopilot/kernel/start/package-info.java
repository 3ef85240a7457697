/** Unsafe settings stop start-up with one clear sentence. */
@NullMarked
package dev.autopilot.kernel.start;

import org.jspecify.annotations.NullMarked;
