/** How often somebody may guess, counted for all replicas together. */
@NullMarked
package dev.autopilot.auth.attempt;

import org.jspecify.annotations.NullMarked;
