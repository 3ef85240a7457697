/** auth-service, as the gateway itself asks it: with its own credential, off the event loops. */
@NullMarked
package dev.autopilot.gateway.authority;

import org.jspecify.annotations.NullMarked;
