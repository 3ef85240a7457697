/** Token exchange (RFC 8693): short access tokens for the gateway and for services. */
@NullMarked
package dev.autopilot.auth.exchange;

import org.jspecify.annotations.NullMarked;
