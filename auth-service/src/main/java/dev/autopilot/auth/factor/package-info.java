/** The second factor: codes of an app (RFC 6238), and backup codes for when the phone is lost. */
@NullMarked
package dev.autopilot.auth.factor;

import org.jspecify.annotations.NullMarked;
