/** POSTs that may be repeated: the first answer is kept with its effect, and given again. */
@NullMarked
package dev.autopilot.events.idempotency;

import org.jspecify.annotations.NullMarked;
