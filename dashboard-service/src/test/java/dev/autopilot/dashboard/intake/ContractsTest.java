package dev.autopilot.dashboard.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autopilot.events.envelope.ReceivedEvent;
import dev.autopilot.testkit.Contracts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the other services promise is enough for what is read here. */
class ContractsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<String> everyType() {
    return Contracts.types();
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void everyGoldenEventCanBeCountedAndTold(String type) {
    ReceivedEvent event = golden(type);

    Counted counted = Counted.of(event);

    assertThat(Summary.of(event)).isNotBlank();
    if (type.endsWith(".created") || type.equals("auth.user.registered")) {
      assertThat(counted.counts()).as("what is made is counted").containsValue(1);
    }
    if (type.startsWith("projects.record.c")) {
      assertThat(List.of(counted.container(), counted.root()))
          .containsExactly(id(event, "databaseId"), id(event, "projectId"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "projects.project.deleted, projectId",
    "projects.database.deleted, databaseId",
  })
  void theEndOfAContainerIsTheEndOfWhatItHolds(String type, String container) {
    ReceivedEvent event = golden(type);

    assertThat(Counted.of(event).ended()).isEqualTo(id(event, container));
  }

  @ParameterizedTest
  @CsvSource({
    "projects.project.restored, projectId",
    "projects.database.restored, databaseId",
  })
  void whatIsRestoredIsCountedAgainWithWhatItHolds(String type, String container) {
    ReceivedEvent event = golden(type);

    assertThat(Counted.of(event).restored()).isEqualTo(id(event, container));
    assertThat(Counted.of(event).counts()).containsValue(1);
  }

  @Test
  void theContractsAreThere() {
    assertThat(everyType())
        .contains(
            "auth.user.registered",
            "chat.session.created",
            "projects.record.created",
            "workflow.workflow.created",
            "integration.webhook.received",
            "dashboard.incident.opened");
  }

  private static UUID id(ReceivedEvent event, String name) {
    return UUID.fromString(event.data().get(name).textValue());
  }

  private static ReceivedEvent golden(String type) {
    JsonNode golden = Contracts.golden(type);
    Map<String, String> attributes = new HashMap<>();
    golden
        .get("attributes")
        .properties()
        .forEach(a -> attributes.put(a.getKey(), a.getValue().asText()));
    return ReceivedEvent.of(attributes, JSON.valueToTree(golden.get("data")));
  }
}
