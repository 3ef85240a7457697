/** The services behind the gateway, and the streaming of requests to them and of answers back. */
@NullMarked
package dev.autopilot.gateway.upstream;

import org.jspecify.annotations.NullMarked;
