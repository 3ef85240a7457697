/** People, how they prove who they are, and what they are given for it. */
@NullMarked
package dev.autopilot.auth;

import org.jspecify.annotations.NullMarked;
