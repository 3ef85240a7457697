/** What a person sees and does about the own account. */
@NullMarked
package dev.autopilot.auth.profile;

import org.jspecify.annotations.NullMarked;
