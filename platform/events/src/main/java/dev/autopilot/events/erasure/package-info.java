/** With a person goes what was theirs, however much it is: noted at once, and erased in steps. */
@NullMarked
package dev.autopilot.events.erasure;

import org.jspecify.annotations.NullMarked;
