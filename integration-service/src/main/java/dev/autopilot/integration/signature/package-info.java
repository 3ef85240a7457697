/** How the senders of webhooks sign: each scheme over the raw body, in constant time. */
@NullMarked
package dev.autopilot.integration.signature;

import org.jspecify.annotations.NullMarked;
