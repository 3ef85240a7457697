package dev.autopilot.events.inbox;

import static dev.autopilot.events.testapp.Kafka.happened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.autopilot.events.envelope.ReceivedEvent;
import dev.autopilot.events.kafka.Topics;
import dev.autopilot.events.testapp.Kafka;
import dev.autopilot.events.testapp.Listener;
import dev.autopilot.events.testapp.WithRealServers;
import dev.autopilot.kernel.Ids;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithRealServers
@TestProfile(SlowEventTest.Impatient.class)
class SlowEventTest {
  public static final class Impatient implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("autopilot.events.inbox.timeout", "1S");
    }
  }

  private static final String DEAD_LETTERS = Topics.deadLetters("probe");
  private static final Duration A_WHILE = Duration.ofSeconds(60);

  @Inject Listener listener;
  @Inject AgroalDataSource pool;

  private final String subject = Ids.next().toString();
  private final AtomicInteger tries = new AtomicInteger();

  @AfterEach
  void calm() {
    listener.behave(event -> {});
  }

  @Test
  void anEventThatAloneIsTooSlowIsPutAwayAfterItsTries() {
    listener.behave(event -> {
      if (event.subject().equals(subject) && event.data(Listener.Thing.class).number() == 1) {
        tries.incrementAndGet();
        // Others have their effect all the time.
        Kafka.send(List.of(Kafka.to(1, happened(Ids.next().toString(), 1))));
        takeLongerThanAllowed();
      }
    });

    Kafka.send(List.of(Kafka.to(0, happened(subject, 1)), Kafka.to(0, happened(subject, 2))));

    await()
        .atMost(A_WHILE)
        .untilAsserted(() -> assertThat(listener.heardOf(subject)).containsExactly(2L));
    List<ConsumerRecord<String, byte[]>> letters = Kafka.read(DEAD_LETTERS, subject);
    assertThat(letters).hasSize(1);
    assertThat(Kafka.header(letters.getFirst(), "dl_reason")).isEqualTo("unknown");
    assertThat(tries).hasValueGreaterThanOrEqualTo(4);
  }

  @Test
  void whereEverythingIsTooSlowNothingIsPutAway() {
    String before = Ids.next().toString();
    Kafka.send(List.of(happened(before, 1)));
    await()
        .atMost(A_WHILE)
        .untilAsserted(() -> assertThat(listener.heardOf(before)).containsExactly(1L));
    listener.behave((ReceivedEvent event) -> {
      tries.incrementAndGet();
      takeLongerThanAllowed();
    });
    Kafka.send(List.of(Kafka.to(0, happened(subject, 1)), Kafka.to(1, happened(subject, 2))));
    // Each of the two more often than an unknown failure is given.
    await().atMost(A_WHILE).until(() -> tries.get() > 2 * 4);

    listener.behave(event -> {});

    await()
        .atMost(A_WHILE)
        .untilAsserted(
            () -> assertThat(listener.heardOf(subject)).containsExactlyInAnyOrder(1L, 2L));
    assertThat(Kafka.read(DEAD_LETTERS, subject)).isEmpty();
  }

  private void takeLongerThanAllowed() {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_sleep(1.5)");
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
