/**
 * Proving that a mailbox is one's own: verification and forgotten passwords; changing a password.
 */
@NullMarked
package dev.autopilot.auth.recovery;

import org.jspecify.annotations.NullMarked;
