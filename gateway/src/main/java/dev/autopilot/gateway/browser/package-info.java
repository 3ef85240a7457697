/** What browsers need to be told, and what they must not be tricked into. */
@NullMarked
package dev.autopilot.gateway.browser;

import org.jspecify.annotations.NullMarked;
