package dev.autopilot.integration.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.events.envelope.EventJson;
import dev.autopilot.integration.Owner;
import dev.autopilot.testkit.Contracts;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class EndpointEventsTest {
  private static final UUID ID = UUID.fromString("01981b5e-7300-7000-8000-000000000004");

  private final Owner ann = Owner.somebody();

  @Test
  void makingAndDeletingAreTold() {
    try (EventProbe events = EventProbe.on("integration.events.v1")) {
      String id = ann.endpoint("{\"scheme\":\"github\"}").getString("id");
      ann.request().body("{\"name\":\"Renamed\"}").patch(Owner.WEBHOOKS + "/" + id);
      ann.request().delete(Owner.WEBHOOKS + "/" + id).then().statusCode(204);

      EventProbe.Event created = events.await("integration.endpoint.created", e -> isOf(e, id));
      EventProbe.Event deleted = events.await("integration.endpoint.deleted", e -> isOf(e, id));

      Contracts.assertKept(created);
      Contracts.assertKept(deleted);
      assertThat(created.data().get("name").textValue()).isEqualTo("Pushes");
      assertThat(deleted.data().get("name").textValue()).isEqualTo("Renamed");
      assertThat(created.attributes())
          .containsEntry("aggregateversion", "0")
          .containsEntry("userid", ann.user().toString());
      assertThat(deleted.attributes()).containsEntry("aggregateversion", "2");
    }
  }

  @Test
  void areToldAsTheContractSays() {
    String name = "Pushes to the website";

    assertThat(EventJson.tree(new EndpointCreated(ID, name, ann.user(), 0)))
        .isEqualTo(Contracts.golden("integration.endpoint.created").get("data"));
    assertThat(EventJson.tree(new EndpointDeleted(ID, name, ann.user(), 2)))
        .isEqualTo(Contracts.golden("integration.endpoint.deleted").get("data"));
  }

  private static boolean isOf(EventProbe.Event event, String endpoint) {
    return event.key().equals(endpoint);
  }
}
