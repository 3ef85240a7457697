/** What an event looks like on the wire: CloudEvents 1.0 in Kafka's binary mode, JSON data. */
@NullMarked
package dev.autopilot.events.envelope;

import org.jspecify.annotations.NullMarked;
