/** Work that goes on in the background of one replica. */
@NullMarked
package dev.autopilot.events.worker;

import org.jspecify.annotations.NullMarked;
