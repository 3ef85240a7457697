/** Dead letters, listed and sent again by whoever operates the suite. */
@NullMarked
package dev.autopilot.e2e.letters;

import org.jspecify.annotations.NullMarked;
