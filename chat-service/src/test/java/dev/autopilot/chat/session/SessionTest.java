package dev.autopilot.chat.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.events.envelope.EventJson;
import dev.autopilot.kernel.Ids;
import dev.autopilot.testkit.Contracts;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final Instant MORNING = Instant.parse("2026-01-15T09:00:00Z");
  private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");

  private static final NewSession PLAIN = new NewSession(null, null, null, null);

  @Test
  void withoutATitleItIsANewChat() {
    Session session = new Session(Ids.next(), Ids.next(), PLAIN, MORNING);

    assertThat(session.view().title()).isEqualTo("New chat");
    assertThat(session.view().messageCount()).isZero();
  }

  @Test
  void anEditThatChangesNothingLeavesItWhereItWasInTheList() {
    Session session = new Session(Ids.next(), Ids.next(), PLAIN, MORNING);

    session.edit(session.editable(), NOON);
    assertThat(session.updatedAt()).isEqualTo(MORNING);

    session.edit(new SessionEdit("Spring", null, null, null), NOON);
    assertThat(session.updatedAt()).isEqualTo(NOON);
    assertThat(session.view().title()).isEqualTo("Spring");
  }

  @Test
  void itsEventsAreToldAsTheContractSays() {
    UUID id = UUID.fromString("01981b5e-7100-7000-8000-000000000002");
    UUID owner = Ids.next();

    assertThat(EventJson.tree(new SessionCreated(id, "Plans for spring", owner, 0)))
        .isEqualTo(Contracts.golden("chat.session.created").get("data"));
    assertThat(EventJson.tree(new SessionDeleted(id, "Plans for spring", owner, 3)))
        .isEqualTo(Contracts.golden("chat.session.deleted").get("data"));
  }
}
