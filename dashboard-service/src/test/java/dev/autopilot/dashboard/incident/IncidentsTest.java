package dev.autopilot.dashboard.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.events.envelope.EventJson;
import dev.autopilot.kernel.Ids;
import dev.autopilot.testkit.Contracts;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class IncidentsTest {
  private static final Instant MORNING = Instant.parse("2026-01-15T09:29:54Z");
  private static final Instant LATER = Instant.parse("2026-01-15T09:31:10Z");
  private static final UUID ID = UUID.fromString("01981b5e-7500-7000-8000-000000000006");

  private final Incidents incidents;
  private final String service = "service-" + Ids.next();

  IncidentsTest(Incidents incidents) {
    this.incidents = incidents;
  }

  @Test
  void areOpenedAndClosedOnceHoweverManyReplicasSaySo() {
    try (EventProbe events = EventProbe.on("dashboard.events.v1")) {
      incidents.open(service, MORNING);
      incidents.open(service, MORNING.plusSeconds(1));
      incidents.close(service, LATER);
      incidents.close(service, LATER.plusSeconds(1));
      incidents.open(service, LATER.plusSeconds(60));

      List<EventProbe.Event> opened =
          events.awaitMany("dashboard.incident.opened", 2, this::isOfThisService);
      EventProbe.Event closed = events.await("dashboard.incident.closed", this::isOfThisService);

      assertThat(opened).hasSize(2).allSatisfy(Contracts::assertKept);
      Contracts.assertKept(closed);
      assertThat(closed.key()).isEqualTo(opened.getFirst().key());
      assertThat(closed.data().get("since").textValue()).isEqualTo(MORNING.toString());
      assertThat(closed.data().get("until").textValue()).isEqualTo(LATER.toString());
    }
    incidents.close(service, LATER.plusSeconds(90));
  }

  @Test
  void areToldAsTheContractSays() {
    assertThat(EventJson.tree(new IncidentOpened(ID, "projects", MORNING)))
        .isEqualTo(Contracts.golden("dashboard.incident.opened").get("data"));
    assertThat(EventJson.tree(new IncidentClosed(ID, "projects", MORNING, LATER)))
        .isEqualTo(Contracts.golden("dashboard.incident.closed").get("data"));
  }

  private boolean isOfThisService(EventProbe.Event event) {
    return event.data().get("service").textValue().equals(service);
  }
}
