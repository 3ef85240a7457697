/** Replicas of auth-service without the rest of the suite, to be raced and measured. */
@NullMarked
package dev.autopilot.e2e.auth;

import org.jspecify.annotations.NullMarked;
