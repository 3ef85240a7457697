/** The listening socket, and the order of the gates behind it. */
@NullMarked
package dev.autopilot.gateway.door;

import org.jspecify.annotations.NullMarked;
