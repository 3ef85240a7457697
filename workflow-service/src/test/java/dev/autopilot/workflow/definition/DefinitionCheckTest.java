package dev.autopilot.workflow.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autopilot.kernel.problem.Problem.FieldError;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionCheckTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyKindOfStepAndTriggerIsKnown() {
    assertThat(
            findings(
                """
                {"triggers": [
                   {"type": "manual"},
                   {"type": "schedule", "config": {"cron": "0 9 * * *", "timeZone": "Europe/Rome"}},
                   {"type": "webhook", "config": {"endpointId": "e"}},
                   {"type": "record_created", "config": {"databaseId": "d"}},
                   {"type": "record_updated", "config": {"databaseId": "d", "filter": "x = 1"}},
                   {"type": "record_deleted", "config": {"databaseId": "d"}},
                   {"type": "chat_message"},
                   {"type": "workflow_completed", "config": {"workflowId": "w"}},
                   {"type": "event", "config": {"type": "projects.file.created"}}],
                 "steps": [
                   {"id": "a", "type": "http", "config": {"method": "GET", "url": "https://x"},
                    "retry": {"maxAttempts": 3, "backoff": "PT1S"}, "timeout": "PT30S",
                    "onError": "b"},
                   {"id": "b", "type": "transform", "config": {"expression": "1"},
                    "dependsOn": ["a"], "when": "true", "onError": "continue"},
                   {"id": "c", "type": "condition", "config": {"expression": "1",
                     "then": [{"id": "c1", "type": "delay", "config": {"duration": "PT1S"}}],
                     "else": []}},
                   {"id": "d", "type": "switch", "config": {"value": "1",
                     "cases": [{"equals": 1, "steps": [{"id": "d1", "type": "delay"}]}],
                     "default": [{"id": "d2", "type": "delay"}]}},
                   {"id": "e", "type": "for_each", "config": {"items": "[]",
                     "steps": [{"id": "e1", "type": "delay"},
                               {"id": "e2", "type": "delay", "dependsOn": ["e1"]}]}},
                   {"id": "f", "type": "parallel", "config": {
                     "branches": [[{"id": "f1", "type": "delay"}], [{"id": "f2", "type": "delay"}]]}},
                   {"id": "g", "type": "wait_for_event", "config": {"event": "x"}},
                   {"id": "h", "type": "approval", "config": {"message": "x"}},
                   {"id": "i", "type": "sub_workflow", "config": {"workflowId": "x"}},
                   {"id": "j", "type": "ai_chat", "config": {"message": "x"}},
                   {"id": "k", "type": "create_record", "config": {"databaseId": "x", "values": {}}},
                   {"id": "l", "type": "update_record", "config": {"recordId": "x", "values": {}}},
                   {"id": "m", "type": "query_records", "config": {"databaseId": "x"}},
                   {"id": "n", "type": "send_email",
                    "config": {"to": "x", "subject": "x", "text": "x"}},
                   {"id": "o", "type": "send_webhook", "config": {"url": "x", "body": {}}},
                   {"id": "p", "type": "mcp_tool",
                    "config": {"serverId": "x", "tool": "x", "arguments": {}}},
                   {"id": "q", "type": "integration_call",
                    "config": {"connectionId": "x", "method": "GET", "path": "/"}}]}
                """))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|/steps",
        "{\"triggers\":{},\"steps\":[]}|/triggers",
        "{\"triggers\":[],\"steps\":{}}|/steps",
        "{\"triggers\":[],\"steps\":[],\"step\":[]}|/step",
        "{\"triggers\":[{\"type\":\"moon\"}],\"steps\":[]}|/triggers/0/type",
        "{\"triggers\":[{}],\"steps\":[]}|/triggers/0/type",
        "{\"triggers\":[7],\"steps\":[]}|/triggers/0",
        "{\"triggers\":[{\"type\":\"schedule\",\"config\":{\"cron\":\"* * * * *\"}}],\"steps\":[]}|/triggers/0/config/timeZone",
        "{\"triggers\":[{\"type\":\"manual\",\"a/b~c\":1}],\"steps\":[]}|/triggers/0/a~1b~0c",
      })
  void aMistakeIsFoundWhereItStands(String definition, String pointer) {
    assertThat(findings(definition))
        .extracting(FieldError::pointer)
        .contains("/definition" + pointer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{\"type\":\"delay\"}]|/0/id",
        "[{\"id\":\"1a\",\"type\":\"delay\"}]|/0/id",
        "[{\"id\":\"a\",\"type\":\"teleport\"}]|/0/type",
        "[{\"id\":\"a\"}]|/0/type",
        "[{\"id\":\"a\",\"type\":\"http\"}]|/0/config",
        "[{\"id\":\"a\",\"type\":\"http\",\"config\":{\"url\":\"x\"}}]|/0/config/method",
        "[{\"id\":\"a\",\"type\":\"http\",\"config\":{\"url\":\"x\",\"method\":null}}]|/0/config/method",
        "[{\"id\":\"a\",\"type\":\"delay\"},{\"id\":\"a\",\"type\":\"delay\"}]|/1/id",
        "[{\"id\":\"a\",\"type\":\"delay\",\"dependsOn\":[\"b\"]}]|/0/dependsOn/0",
        "[{\"id\":\"a\",\"type\":\"delay\",\"dependsOn\":\"b\"}]|/0/dependsOn",
        "[{\"id\":\"a\",\"type\":\"delay\",\"dependsOn\":[\"a\"]}]|/0/dependsOn",
        "[{\"id\":\"a\",\"type\":\"delay\",\"retry\":{\"maxAttempts\":0}}]|/0/retry/maxAttempts",
        "[{\"id\":\"a\",\"type\":\"delay\",\"retry\":{\"maxAttempts\":\"3\"}}]|/0/retry/maxAttempts",
        "[{\"id\":\"a\",\"type\":\"delay\",\"retry\":{\"backoff\":\"1s\"}}]|/0/retry/backoff",
        "[{\"id\":\"a\",\"type\":\"delay\",\"timeout\":\"PT-5S\"}]|/0/timeout",
        "[{\"id\":\"a\",\"type\":\"delay\",\"onError\":\"b\"}]|/0/onError",
        "[{\"id\":\"a\",\"type\":\"delay\",\"when\":true}]|/0/when",
        "[{\"id\":\"a\",\"type\":\"delay\",\"name\":\"x\"}]|/0/name",
        "[{\"id\":\"a\",\"type\":\"parallel\",\"config\":{\"branches\":[[{\"id\":\"a\",\"type\":\"delay\"}]]}}]|/0/config/branches/0/0/id",
        "[{\"id\":\"a\",\"type\":\"for_each\",\"config\":{\"items\":\"[]\",\"steps\":[{\"id\":\"b\",\"type\":\"delay\",\"dependsOn\":[\"a\"]}]}}]|/0/config/steps/0/dependsOn/0",
        "[{\"id\":\"a\",\"type\":\"switch\",\"config\":{\"value\":\"1\",\"cases\":[{\"equals\":1}]}}]|/0/config/cases/0/steps",
        "[{\"id\":\"a\",\"type\":\"condition\",\"config\":{\"expression\":\"1\",\"then\":[{\"id\":\"b\",\"type\":\"x\"}]}}]|/0/config/then/0/type",
      })
  void aMistakeInAStepIsFoundWhereItStands(String steps, String pointer) {
    assertThat(steps(steps))
        .extracting(FieldError::pointer)
        .containsExactly("/definition/steps" + pointer);
  }

  @Test
  void aCircleIsFoundAndWhatOnlyTouchesItIsNotBlamed() {
    assertThat(
            steps(
                """
                [{"id": "before", "type": "delay"},
                 {"id": "a", "type": "delay", "dependsOn": ["before", "c"]},
                 {"id": "b", "type": "delay", "dependsOn": ["a"]},
                 {"id": "c", "type": "delay", "dependsOn": ["b"]},
                 {"id": "after", "type": "delay", "dependsOn": ["c"]}]
                """))
        .extracting(FieldError::pointer)
        .containsExactly(
            "/definition/steps/1/dependsOn",
            "/definition/steps/2/dependsOn",
            "/definition/steps/3/dependsOn");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "\"x\"", "null"})
  void whatIsNoObjectIsNoDefinition(String definition) {
    assertThat(findings(definition)).extracting(FieldError::pointer).containsExactly("/definition");
  }

  @Test
  void aLongChainIsNoCircle() {
    String chain =
        IntStream.range(0, 500)
            .mapToObj(i ->
                "{\"id\":\"s%d\",\"type\":\"delay\",\"dependsOn\":[%s]}"
                    .formatted(i, i == 0 ? "" : "\"s" + (i - 1) + "\""))
            .collect(Collectors.joining(",", "[", "]"));

    assertThat(steps(chain)).isEmpty();
  }

  @Test
  void moreStepsThanAllowedAreNotEvenLookedAt() {
    String many =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "{\"id\":\"s%d\",\"type\":\"delay\"}".formatted(i))
            .collect(Collectors.joining(",", "[", "]"));

    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThat(steps(many))
                .extracting(FieldError::pointer)
                .containsExactly("/definition/steps"));
  }

  @Test
  void aFloodOfMistakesIsCutOff() {
    String many =
        IntStream.range(0, 400).mapToObj(i -> "7").collect(Collectors.joining(",", "[", "]"));

    assertThat(steps(many)).hasSize(100);
  }

  private static List<FieldError> steps(String steps) {
    return findings("{\"triggers\":[],\"steps\":" + steps + "}");
  }

  private static List<FieldError> findings(String definition) {
    try {
      return DefinitionCheck.of(JSON.readTree(definition), "/definition");
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException(broken);
    }
  }
}
