package dev.autopilot.projects.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autopilot.events.envelope.DomainEvent;
import dev.autopilot.events.envelope.EventJson;
import dev.autopilot.testkit.Contracts;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The golden files are what these records are written as. */
class EventsTest {
  private static final UUID RECORD = UUID.fromString("01981b5e-7800-7000-8000-00000000000a");
  private static final UUID DATABASE = UUID.fromString("01981b5e-7700-7000-8000-000000000009");
  private static final UUID PROJECT = UUID.fromString("01981b5e-7600-7000-8000-000000000008");
  private static final UUID ADA = UUID.fromString("01981b5e-6c00-7000-8000-000000000001");

  private static Map<String, @Nullable Object> values(String height) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("name", "Foxglove");
    values.put("height", new BigDecimal(height));
    values.put("sown", "2026-03-01");
    values.put("tags", List.of("shade", "biennial"));
    return values;
  }

  @Test
  void created() {
    assertGolden(new RecordCreated(RECORD, DATABASE, PROJECT, values("1.5"), ADA, 0, ADA));
  }

  @Test
  void updated() {
    assertGolden(
        new RecordUpdated(
            RECORD, DATABASE, PROJECT, values("1.75"), List.of("height"), ADA, 1, ADA));
  }

  @Test
  void deleted() {
    assertGolden(new RecordDeleted(RECORD, DATABASE, PROJECT, values("1.5"), ADA, 2, ADA));
  }

  private static void assertGolden(DomainEvent event) {
    JsonNode golden = Contracts.golden(event.type());
    assertThat(EventJson.tree(event)).hasToString(golden.get("data").toString());
    assertThat(golden.at("/attributes/subject").asText()).isEqualTo(event.aggregateId());
    assertThat(golden.at("/attributes/userid").asText()).isEqualTo(String.valueOf(event.userId()));
    Contracts.assertKept(event.type(), golden.get("data"));
  }
}
