package dev.autopilot.events.erasure;

import static io.quarkus.narayana.jta.QuarkusTransaction.requiringNew;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.autopilot.events.envelope.Envelope;
import dev.autopilot.events.envelope.KafkaHeaders;
import dev.autopilot.events.erasure.Departures.Departure;
import dev.autopilot.events.kafka.Topics;
import dev.autopilot.events.testapp.Kafka;
import dev.autopilot.events.testapp.Keepsakes;
import dev.autopilot.events.testapp.WithRealServers;
import dev.autopilot.kernel.Ids;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithRealServers
class ErasePeopleTest {
  @Inject Departures departures;
  @Inject Keepsakes keepsakes;
  @Inject AgroalDataSource pool;

  private final UUID ann = Ids.next();
  private final UUID bob = Ids.next();

  @AfterEach
  void calm() {
    keepsakes.behave((user, atMost) -> {});
  }

  @Test
  void muchGoesInManyTransactionsAndWhatIsOthersStays() throws SQLException {
    keepsakes.give(ann, 5_000);
    keepsakes.give(bob, 3);

    Kafka.send(List.of(deletionOf(ann)));

    awaitNothingOf(ann);
    assertThat(keepsakes.mostAtOnce(ann)).isEqualTo(1_000);
    assertThat(keepsakes.count(bob)).isEqualTo(3);
  }

  @Test
  void toHearOfItTwiceIsHarmless() throws SQLException {
    keepsakes.give(ann, 5);
    // Another event each time, as when it was told again or replayed after it was forgotten.
    Kafka.send(List.of(deletionOf(ann), deletionOf(ann)));
    awaitNothingOf(ann);

    Kafka.send(List.of(deletionOf(ann), deletionOf(bob)));

    await().until(() -> isNoted(bob));
    assertThat(keepsakes.count(ann)).isZero();
  }

  @Test
  void whatWasOnItsWayGoesAnHourLaterAndTheNoteWithIt() throws SQLException {
    Kafka.send(List.of(deletionOf(ann)));
    await().until(() -> isSettled(ann));
    keepsakes.give(ann, 5);

    change(
        "update departure set noted_at = noted_at - interval '1 hour',"
            + " due_at = due_at - interval '1 hour' where user_id = ?",
        ann);

    await().until(() -> !isNoted(ann));
    assertThat(keepsakes.count(ann)).isZero();
  }

  @Test
  void whereOneReplicaDiesAnotherGoesOn() throws SQLException {
    keepsakes.give(ann, 2_500);
    requiringNew()
        .run(() -> {
          note(ann);
          assertThat(take().user()).isEqualTo(ann);
        });
    requiringNew().call(() -> keepsakes.eraseSome(ann, 1_000));
    assertThat(keepsakes.count(ann)).isEqualTo(1_500);

    timePasses(ann);

    awaitNothingOf(ann);
  }

  @Test
  void replicasSeeToDifferentPeople() {
    requiringNew()
        .run(() -> {
          note(ann);
          note(bob);
          assertThat(List.of(take().user(), take().user())).containsExactlyInAnyOrder(ann, bob);
        });
  }

  @Test
  void whoseErasureFailsHoldsUpNobodyAndIsTriedWithLess() throws SQLException {
    keepsakes.give(ann, 1_000);
    keepsakes.give(bob, 1_000);
    keepsakes.behave((user, atMost) -> {
      if (user.equals(ann) && atMost > 500) {
        throw new IllegalStateException("too much at once");
      }
    });
    Kafka.send(List.of(deletionOf(ann)));
    await().until(() -> hasFailedOnce(ann));

    Kafka.send(List.of(deletionOf(bob)));

    awaitNothingOf(bob);
    assertThat(keepsakes.count(ann)).isEqualTo(1_000);
    timePasses(ann);
    awaitNothingOf(ann);
    assertThat(keepsakes.mostAtOnce(ann)).isEqualTo(500);
  }

  @Test
  void whoseErasureHasFailedForWeeksStillHoldsUpNobody() throws SQLException {
    requiringNew().run(() -> note(ann));
    change("update departure set failures = 2000, due_at = now() where user_id = ?", ann);
    keepsakes.give(ann, 10);

    awaitNothingOf(ann);
  }

  private void awaitNothingOf(UUID user) {
    await().untilAsserted(() -> assertThat(keepsakes.count(user)).isZero());
  }

  private void note(UUID user) {
    try {
      departures.note(user);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Departure take() {
    try {
      return Objects.requireNonNull(departures.take());
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void timePasses(UUID user) throws SQLException {
    change("update departure set due_at = now() where user_id = ?", user);
  }

  private boolean isNoted(UUID user) throws SQLException {
    return has("true", user);
  }

  private boolean hasFailedOnce(UUID user) throws SQLException {
    return has("failures = 1 and due_at > now()", user);
  }

  private boolean isSettled(UUID user) throws SQLException {
    return has("due_at = noted_at + interval '1 hour'", user);
  }

  private boolean has(String what, UUID user) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select 1 from departure where user_id = ? and " + what)) {
      select.setObject(1, user);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private void change(String sql, UUID user) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, user);
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  private static ProducerRecord<String, byte[]> deletionOf(UUID user) {
    Envelope envelope =
        new Envelope(
            Ids.next(),
            "/auth",
            "auth.user.deleted",
            user.toString(),
            Instant.now().truncatedTo(ChronoUnit.MICROS),
            1,
            user,
            null);
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            Topics.events("auth"),
            user.toString(),
            "{\"userId\":\"%s\"}".formatted(user).getBytes(UTF_8));
    KafkaHeaders.of(envelope)
        .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
    return record;
  }
}
