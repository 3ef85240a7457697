/** Conversations, without what is said in them. */
@NullMarked
package dev.autopilot.chat.session;

import org.jspecify.annotations.NullMarked;
