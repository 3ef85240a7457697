/** What a session needs to live in a browser: cookies, CSRF tokens, and whose page it is. */
@NullMarked
package dev.autopilot.auth.browser;

import org.jspecify.annotations.NullMarked;
