/** Secrets that are only ever known by their hash. */
@NullMarked
package dev.autopilot.auth.secret;

import org.jspecify.annotations.NullMarked;
