/** What only other services of the suite may ask. */
@NullMarked
package dev.autopilot.auth.internal;

import org.jspecify.annotations.NullMarked;
