package dev.autopilot.dashboard.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autopilot.events.envelope.ReceivedEvent;
import dev.autopilot.kernel.Ids;
import java.util.Map;

/** Events that matter only by their type and data. */
final class An {
  private static final ObjectMapper JSON = new ObjectMapper();

  private An() {}

  static ReceivedEvent event(String type, Map<String, ?> data) {
    return ReceivedEvent.of(
        Map.of(
            "specversion", "1.0",
            "id", Ids.next().toString(),
            "source", "/elsewhere",
            "type", type,
            "subject", "it",
            "time", "2026-01-15T09:30:00Z",
            "datacontenttype", "application/json",
            "aggregateversion", "0"),
        JSON.valueToTree(data));
  }
}
