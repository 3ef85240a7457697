package dev.autopilot.auth.mail;

import dev.autopilot.auth.Person;
import dev.autopilot.auth.Tables;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class LettersTest {
  @Inject Inbox inbox;
  @Inject Tables tables;

  @Test
  void oneThatCannotBeOpenedIsGivenUpAndTheOthersGoOut() {
    Person ada = Person.register();
    UUID unreadable = UUID.randomUUID();
    tables.change(
        """
        insert into letter (id, account_id, sealed, created_at, due_at, tries)
        values (?1, ?2, 'v1:00000000:c2VhbGVk', now(), now() - interval '1 day', 0)
        """,
        unreadable,
        ada.id());

    Person bob = Person.register();

    inbox.await(bob.email(), "Verify your address");
    Awaitility.await()
        .until(() -> tables.count("select count(*) from letter where id = ?1", unreadable) == 0);
  }
}
