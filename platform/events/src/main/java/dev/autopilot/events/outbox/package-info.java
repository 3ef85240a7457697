/** Events that commit with the state change they tell of, and reach Kafka in order per key. */
@NullMarked
package dev.autopilot.events.outbox;

import org.jspecify.annotations.NullMarked;
