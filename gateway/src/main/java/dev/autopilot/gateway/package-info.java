/**
 * The one door: what comes in is routed, checked, limited and passed on, and nothing else gets in.
 */
@NullMarked
package dev.autopilot.gateway;

import org.jspecify.annotations.NullMarked;
