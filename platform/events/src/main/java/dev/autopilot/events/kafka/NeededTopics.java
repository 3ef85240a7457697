package dev.autopilot.events.kafka;

import java.util.Collection;
import org.apache.kafka.clients.admin.NewTopic;

/** A bean of this type has its topics made at start. */
public interface NeededTopics {
  Collection<NewTopic> topics();
}
