/** Who has an account here. */
@NullMarked
package dev.autopilot.auth.account;

import org.jspecify.annotations.NullMarked;
