/** Whose figures a request may see. */
@NullMarked
package dev.autopilot.dashboard.scope;

import org.jspecify.annotations.NullMarked;
