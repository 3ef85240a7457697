/** The door: registering and signing in. */
@NullMarked
package dev.autopilot.auth.signin;

import org.jspecify.annotations.NullMarked;
