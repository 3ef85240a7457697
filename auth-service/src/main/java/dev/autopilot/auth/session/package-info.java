/** Devices signed in: their tokens, the rotation of these, and their end. */
@NullMarked
package dev.autopilot.auth.session;

import org.jspecify.annotations.NullMarked;
