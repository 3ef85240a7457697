package dev.autopilot.workflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autopilot.kernel.problem.Problem.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a definition has the form of one: known triggers and actions with the settings they can't
 * do without, step ids used once, dependencies that exist and lead in no circle. Every mistake is
 * told with its JSON pointer. What expressions mean shows only when they run.
 */
final class DefinitionCheck {
  private static final int MAX_BYTES = 256 * 1024;
  private static final int MAX_STEPS = 500;
  private static final Pattern STEP_ID = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
  private static final Set<String> KNOWN = Set.of("triggers", "steps");
  private static final Set<String> TRIGGER = Set.of("type", "config");
  private static final Set<String> STEP =
      Set.of("id", "type", "config", "dependsOn", "when", "retry", "timeout", "onError");
  private static final Set<String> RETRY = Set.of("maxAttempts", "backoff");
  private static final int MAX_ATTEMPTS = 100;

  private final Findings findings = new Findings();
  private final Set<String> ids = new HashSet<>();
  private int steps;

  private DefinitionCheck() {}

  /**
   * @param pointer where the definition stands in the request
   */
  static List<FieldError> of(JsonNode definition, String pointer) {
    DefinitionCheck check = new DefinitionCheck();
    if (definition.toString().getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      check.findings.add(pointer, "At most " + MAX_BYTES + " bytes as JSON.");
      return check.findings.all();
    }
    check.definition(definition, pointer);
    return check.findings.all();
  }

  private void definition(JsonNode definition, String pointer) {
    if (!findings.object(definition, pointer, KNOWN)) {
      return;
    }
    findings.required(definition, pointer, KNOWN);
    if (definition.has("triggers")) {
      triggers(definition.get("triggers"), pointer + "/triggers");
    }
    if (definition.has("steps")) {
      steps(definition.get("steps"), pointer + "/steps");
    }
  }

  private void triggers(JsonNode triggers, String pointer) {
    if (!findings.array(triggers, pointer)) {
      return;
    }
    for (int i = 0; i < triggers.size(); i++) {
      trigger(triggers.get(i), Findings.under(pointer, i));
    }
  }

  private void trigger(JsonNode trigger, String pointer) {
    if (!findings.object(trigger, pointer, TRIGGER)
        || !findings.text(trigger.path("type"), pointer + "/type")) {
      return;
    }
    String type = trigger.get("type").textValue();
    TriggerType.named(type)
        .ifPresentOrElse(
            known -> config(trigger, pointer, known.required()),
            () -> findings.add(pointer + "/type", "There is no trigger \"" + type + "\"."));
  }

  /** One list of steps: what they depend on must stand in the same list. */
  private void steps(JsonNode list, String pointer) {
    if (!findings.array(list, pointer)) {
      return;
    }
    steps += list.size();
    if (steps > MAX_STEPS) {
      findings.add(pointer, "At most " + MAX_STEPS + " steps are allowed in all.");
      return;
    }
    Siblings siblings = Siblings.of(list);
    for (int i = 0; i < list.size(); i++) {
      step(list.get(i), Findings.under(pointer, i), siblings);
    }
    siblings
        .circles()
        .forEach(index ->
            findings.add(
                Findings.under(pointer, index) + "/dependsOn",
                "The step depends on itself, by way of others or directly."));
  }

  private void step(JsonNode step, String pointer, Siblings siblings) {
    if (!findings.object(step, pointer, STEP)) {
      return;
    }
    id(step.path("id"), pointer + "/id");
    dependencies(step.path("dependsOn"), pointer + "/dependsOn", siblings);
    findings.optionalText(step, pointer, "when");
    findings.optionalDuration(step, pointer, "timeout");
    retry(step.path("retry"), pointer + "/retry");
    onError(step.path("onError"), pointer + "/onError", siblings);
    if (!findings.text(step.path("type"), pointer + "/type")) {
      return;
    }
    String type = step.get("type").textValue();
    ActionType.named(type)
        .ifPresentOrElse(
            known -> {
              config(step, pointer, known.required());
              inner(known, step.path("config"), pointer + "/config");
            },
            () -> findings.add(pointer + "/type", "There is no action \"" + type + "\"."));
  }

  private void id(JsonNode id, String pointer) {
    if (!findings.text(id, pointer)) {
      return;
    }
    if (!STEP_ID.matcher(id.textValue()).matches()) {
      findings.add(pointer, "A letter, then up to 63 letters, digits, - or _.");
    } else if (!ids.add(id.textValue())) {
      findings.add(pointer, "Another step has the id \"" + id.textValue() + "\".");
    }
  }

  private void dependencies(JsonNode list, String pointer, Siblings siblings) {
    if (list.isMissingNode() || !findings.array(list, pointer)) {
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      String at = Findings.under(pointer, i);
      if (findings.text(list.get(i), at) && !siblings.has(list.get(i).textValue())) {
        findings.add(at, "There is no step \"" + list.get(i).textValue() + "\" beside this one.");
      }
    }
  }

  private void retry(JsonNode retry, String pointer) {
    if (retry.isMissingNode() || !findings.object(retry, pointer, RETRY)) {
      return;
    }
    JsonNode attempts = retry.path("maxAttempts");
    if (!attempts.isMissingNode()
        && !(attempts.isInt() && attempts.intValue() >= 1 && attempts.intValue() <= MAX_ATTEMPTS)) {
      findings.add(pointer + "/maxAttempts", "A whole number from 1 to " + MAX_ATTEMPTS + ".");
    }
    findings.optionalDuration(retry, pointer, "backoff");
  }

  private void onError(JsonNode onError, String pointer, Siblings siblings) {
    if (onError.isMissingNode() || !findings.text(onError, pointer)) {
      return;
    }
    String then = onError.textValue();
    if (!then.equals("fail") && !then.equals("continue") && !siblings.has(then)) {
      findings.add(pointer, "Either fail, continue, or the id of a step beside this one.");
    }
  }

  private void config(JsonNode parent, String pointer, Set<String> required) {
    JsonNode config = parent.path("config");
    if (config.isMissingNode() && required.isEmpty()) {
      return;
    }
    if (findings.object(config, pointer + "/config")) {
      findings.required(config, pointer + "/config", required);
    }
  }

  /** The steps that stand inside of a step's settings. */
  private void inner(ActionType type, JsonNode config, String pointer) {
    switch (type) {
      case CONDITION -> {
        innerSteps(config, pointer, "then");
        innerSteps(config, pointer, "else");
      }
      case FOR_EACH -> innerSteps(config, pointer, "steps");
      case PARALLEL -> branches(config.path("branches"), pointer + "/branches");
      case SWITCH -> {
        cases(config.path("cases"), pointer + "/cases");
        innerSteps(config, pointer, "default");
      }
      case HTTP,
          TRANSFORM,
          DELAY,
          WAIT_FOR_EVENT,
          APPROVAL,
          SUB_WORKFLOW,
          AI_CHAT,
          CREATE_RECORD,
          UPDATE_RECORD,
          QUERY_RECORDS,
          SEND_EMAIL,
          SEND_WEBHOOK,
          MCP_TOOL,
          INTEGRATION_CALL -> {}
    }
  }

  private void innerSteps(JsonNode config, String pointer, String name) {
    if (config.has(name)) {
      steps(config.get(name), Findings.under(pointer, name));
    }
  }

  private void branches(JsonNode branches, String pointer) {
    if (branches.isMissingNode() || !findings.array(branches, pointer)) {
      return;
    }
    for (int i = 0; i < branches.size(); i++) {
      steps(branches.get(i), Findings.under(pointer, i));
    }
  }

  private void cases(JsonNode cases, String pointer) {
    if (cases.isMissingNode() || !findings.array(cases, pointer)) {
      return;
    }
    for (int i = 0; i < cases.size(); i++) {
      String at = Findings.under(pointer, i);
      if (findings.object(cases.get(i), at, Set.of("equals", "steps"))) {
        findings.required(cases.get(i), at, Set.of("steps"));
        innerSteps(cases.get(i), at, "steps");
      }
    }
  }
}
