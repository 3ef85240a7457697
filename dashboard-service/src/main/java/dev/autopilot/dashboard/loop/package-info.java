/** Work that goes on in the background of one replica. */
@NullMarked
package dev.autopilot.dashboard.loop;

import org.jspecify.annotations.NullMarked;
