package dev.autopilot.workflow.definition;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a step may do, with the settings that it can't do without. */
enum ActionType {
  HTTP("method", "url"),
  TRANSFORM("expression"),
  CONDITION("expression", "then"),
  SWITCH("value", "cases"),
  FOR_EACH("items", "steps"),
  PARALLEL("branches"),
  DELAY,
  WAIT_FOR_EVENT("event"),
  APPROVAL("message"),
  SUB_WORKFLOW("workflowId"),
  AI_CHAT("message"),
  CREATE_RECORD("databaseId", "values"),
  UPDATE_RECORD("recordId", "values"),
  QUERY_RECORDS("databaseId"),
  SEND_EMAIL("to", "subject", "text"),
  SEND_WEBHOOK("url", "body"),
  MCP_TOOL("serverId", "tool", "arguments"),
  INTEGRATION_CALL("connectionId", "method", "path");

  @SuppressWarnings("ImmutableEnumChecker") // Made by Set.of, which can't be changed.
  private final Set<String> required;

  ActionType(String... required) {
    this.required = Set.of(required);
  }

  static Optional<ActionType> named(String type) {
    return Stream.of(values()).filter(one -> one.wireName().equals(type)).findFirst();
  }

  Set<String> required() {
    return required;
  }

  private String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
