/** Which path goes to which service, under which conditions. */
@NullMarked
package dev.autopilot.gateway.route;

import org.jspecify.annotations.NullMarked;
