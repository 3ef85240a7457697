/** What a password must be, how it is kept and how it is checked. */
@NullMarked
package dev.autopilot.auth.password;

import org.jspecify.annotations.NullMarked;
