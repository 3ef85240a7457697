/** Letters to people: composed, kept sealed until they are sent, sent again if they couldn't be. */
@NullMarked
package dev.autopilot.auth.mail;

import org.jspecify.annotations.NullMarked;
