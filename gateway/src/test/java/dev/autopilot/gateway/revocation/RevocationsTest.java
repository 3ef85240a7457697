package dev.autopilot.gateway.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.autopilot.gateway.testing.Caller;
import dev.autopilot.gateway.testing.TestService;
import dev.autopilot.gateway.testing.WithServices;
import dev.autopilot.testkit.Tokens;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
@WithServices
class RevocationsTest {
  private static final Duration SOON = Duration.ofSeconds(2);

  private static KafkaProducer<String, String> producer;
  private static TestService projects;

  @BeforeAll
  static void start() {
    Properties settings = new Properties();
    settings.put(
        "bootstrap.servers",
        ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
    producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    projects = TestService.echo("projects");
    publish("user:" + UUID.randomUUID(), revocation(Instant.now()));
    await().until(() -> ask(revokedSession()) == 401);
  }

  @AfterAll
  static void stop() {
    producer.close();
    projects.close();
  }

  @Test
  void theTokensOfARevokedSessionAreRefusedWithinTwoSeconds() {
    UUID session = UUID.randomUUID();
    UUID user = UUID.randomUUID();
    String token = Tokens.forUser(user).session(session).mint();
    String elsewhere = Tokens.forUser(user).mint();
    assertThat(ask(token)).isEqualTo(200);

    publish("session:" + session, revocation(Instant.now()));

    await().atMost(SOON).until(() -> ask(token) == 401);
    assertThat(ask(elsewhere)).isEqualTo(200);
  }

  @Test
  void whatAUserHadBeforeIsRefusedAndWhatCameAfterIsNot() {
    UUID user = UUID.randomUUID();
    Instant now = Instant.now();
    String before = Tokens.forUser(user).issuedAt(now.minusSeconds(60)).mint();
    String after = Tokens.forUser(user).issuedAt(now.plusSeconds(1)).mint();
    assertThat(ask(before)).isEqualTo(200);

    publish("user:" + user, revocation(now));

    await().atMost(SOON).until(() -> ask(before) == 401);
    assertThat(ask(after)).isEqualTo(200);
  }

  @Test
  void aTombstoneTakesARevocationBack() {
    UUID session = UUID.randomUUID();
    String token = Tokens.forUser(UUID.randomUUID()).session(session).mint();
    publish("session:" + session, revocation(Instant.now()));
    await().atMost(SOON).until(() -> ask(token) == 401);

    publish("session:" + session, null);

    await().atMost(SOON).until(() -> ask(token) == 200);
  }

  @Test
  void aRevocationThatCanNotBeReadStopsNobodyFromHearingTheNext() {
    publish("session:not-a-uuid", revocation(Instant.now()));
    publish("session:" + UUID.randomUUID(), "not json");
    UUID session = UUID.randomUUID();
    String token = Tokens.forUser(UUID.randomUUID()).session(session).mint();
    publish("session:" + session, revocation(Instant.now()));
    await().atMost(SOON).until(() -> ask(token) == 401);
  }

  private static String revokedSession() {
    UUID session = UUID.randomUUID();
    publish("session:" + session, revocation(Instant.now()));
    return Tokens.forUser(UUID.randomUUID()).session(session).mint();
  }

  private static String revocation(Instant at) {
    return "{\"revokedAt\":\"%s\",\"until\":\"%s\"}".formatted(at, at.plusSeconds(900));
  }

  private static void publish(String key, @Nullable String value) {
    try {
      producer.send(new ProducerRecord<>("auth.revocations.v1", key, value)).get();
    } catch (InterruptedException | ExecutionException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static int ask(String token) {
    return Caller.send(Caller.anonymous("/api/records").header("Authorization", "Bearer " + token))
        .statusCode();
  }
}
