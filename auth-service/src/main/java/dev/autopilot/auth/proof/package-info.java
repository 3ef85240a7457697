/** Fresh proof of who somebody is, before something grave. */
@NullMarked
package dev.autopilot.auth.proof;

import org.jspecify.annotations.NullMarked;
