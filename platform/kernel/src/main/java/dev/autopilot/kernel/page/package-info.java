/** Lists as pages with opaque keyset cursors. */
@NullMarked
package dev.autopilot.kernel.page;

import org.jspecify.annotations.NullMarked;
