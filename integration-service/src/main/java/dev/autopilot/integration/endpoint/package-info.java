/** Addresses at which people let the outside world call, and how each knows its sender. */
@NullMarked
package dev.autopilot.integration.endpoint;

import org.jspecify.annotations.NullMarked;
