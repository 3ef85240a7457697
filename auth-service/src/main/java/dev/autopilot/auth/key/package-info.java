/** The keys that access tokens are signed with, and their publication. */
@NullMarked
package dev.autopilot.auth.key;

import org.jspecify.annotations.NullMarked;
