/** Kafka's clients as this suite uses them, its topics, and patience while it is away. */
@NullMarked
package dev.autopilot.events.kafka;

import org.jspecify.annotations.NullMarked;
