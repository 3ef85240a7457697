package dev.autopilot.projects.erasure;

import dev.autopilot.events.envelope.ReceivedEvent;
import dev.autopilot.events.erasure.PersonalData;
import dev.autopilot.events.inbox.EventHandler;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;

/**
 * A person is gone from auth-service: so is what was theirs here, at once and for good. What was on
 * its way then is found when the person is looked for again.
 */
@ApplicationScoped
class EraseUser implements EventHandler, PersonalData {
  private final Erasure erasure;

  EraseUser(Erasure erasure) {
    this.erasure = erasure;
  }

  @Override
  public Set<String> types() {
    return Set.of("auth.user.deleted");
  }

  @Override
  public void handle(ReceivedEvent event) {
    erasure.erasePerson(event.data(UserDeleted.class).userId());
  }

  /** All of it is in one step, which marks: whoever erases what is marked takes their time. */
  @Override
  public int eraseSome(UUID user, int atMost) {
    erasure.erasePerson(user);
    return 0;
  }

  /** What we read of the event. */
  @RegisterForReflection
  record UserDeleted(UUID userId) {}
}
