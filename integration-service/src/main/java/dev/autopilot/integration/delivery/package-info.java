/** What comes in at the endpoints: verified, stored once, told of, and told of again on request. */
@NullMarked
package dev.autopilot.integration.delivery;

import org.jspecify.annotations.NullMarked;
