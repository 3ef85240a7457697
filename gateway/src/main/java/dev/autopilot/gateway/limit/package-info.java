/** How much each principal may ask for: token buckets, here or shared with the other gateways. */
@NullMarked
package dev.autopilot.gateway.limit;

import org.jspecify.annotations.NullMarked;
