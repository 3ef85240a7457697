/** What was revoked before it expired, known whole before the gateway is ready. */
@NullMarked
package dev.autopilot.gateway.revocation;

import org.jspecify.annotations.NullMarked;
