/** Secrets at rest: encrypted, with the id of the key that opens them. */
@NullMarked
package dev.autopilot.kernel.secret;

import org.jspecify.annotations.NullMarked;
