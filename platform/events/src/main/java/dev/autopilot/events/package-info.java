/**
 * Facts between services. Producing: {@code outbox}. Consuming: {@code inbox}. What both agree on:
 * {@code envelope}. Requests that may be repeated: {@code idempotency}.
 */
@NullMarked
package dev.autopilot.events;

import org.jspecify.annotations.NullMarked;
