/** What the whole service is tested with. */
@NullMarked
package dev.autopilot.auth;

import org.jspecify.annotations.NullMarked;
