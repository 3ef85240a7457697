package dev.autopilot.events.outbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record on its way into the queue; the payload is JSON. */
record OutboxRow(String topic, String key, Map<String, String> headers, @Nullable String payload) {}
