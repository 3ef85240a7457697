package dev.autopilot.workflow.definition;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What may start an execution, with the settings that it can't do without. */
enum TriggerType {
  MANUAL,
  SCHEDULE("cron", "timeZone"),
  WEBHOOK("endpointId"),
  RECORD_CREATED("databaseId"),
  RECORD_UPDATED("databaseId"),
  RECORD_DELETED("databaseId"),
  CHAT_MESSAGE,
  WORKFLOW_COMPLETED("workflowId"),
  EVENT("type");

  @SuppressWarnings("ImmutableEnumChecker") // Made by Set.of, which can't be changed.
  private final Set<String> required;

  TriggerType(String... required) {
    this.required = Set.of(required);
  }

  static Optional<TriggerType> named(String type) {
    return Stream.of(values()).filter(one -> one.wireName().equals(type)).findFirst();
  }

  Set<String> required() {
    return required;
  }

  private String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
