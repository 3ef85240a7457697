package dev.autopilot.e2e.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.e2e.Await;
import dev.autopilot.e2e.Client;
import dev.autopilot.e2e.Home;
import dev.autopilot.e2e.Person;
import dev.autopilot.e2e.WholeSuite;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Dead letters of a running suite: made, listed, and replayed as an operator does it. */
@ExtendWith(WholeSuite.class)
class PoisonTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String SERVICE = "dashboard";

  @Test
  void whatNobodyCanReadIsPutAwayAndWhatComesAfterItIsHeard(Client anybody, Home home) {
    Person person = Person.signUp(anybody);
    String project = UUID.randomUUID().toString();

    send(home, "projects.events.v1", project, "{\"secret\": torn", created(person, project));
    send(home, "projects.events.v1", project, "{\"name\": \"Birds\"}", created(person, project));

    awaitProjects(person, 1);
    Letter letter = awaitLetters(home, project, 1).getLast();
    assertThat(letter.why()).contains("UndecodableEventException");
    assertThat(say(home, "list", SERVICE))
        .contains("projects.project.created  key " + project)
        .doesNotContain("secret");

    say(home, "replay", SERVICE, Long.toString(letter.offset()));

    // Nothing was mended: it is a dead letter again, and the old one is known to have been
    // replayed.
    awaitLetters(home, project, 2);
    assertThat(say(home, "list", SERVICE)).contains("    replayed 20");
  }

  @Test
  void aReplayedEventHasItsEffectOnceHoweverOftenItIsReplayed(Client anybody, Home home) {
    Person person = Person.signUp(anybody);
    String first = UUID.randomUUID().toString();
    String second = UUID.randomUUID().toString();
    // As if a mistake, mended since, had put them away.
    putAway(home, first, created(person, first));
    putAway(home, second, created(person, second));
    long one = awaitLetters(home, first, 1).getLast().offset();
    long other = awaitLetters(home, second, 1).getLast().offset();

    say(home, "replay", SERVICE, Long.toString(one));
    awaitProjects(person, 1);
    say(home, "replay", SERVICE, Long.toString(one));
    say(home, "replay", SERVICE, Long.toString(other));

    // The replays stand in one partition, so the second of the first was heard before this.
    awaitProjects(person, 2);
  }

  private static void awaitProjects(Person person, int count) {
    Await.until(
        count + " projects to be counted",
        PATIENCE,
        () -> person.client().get("/api/dashboard/stats").expect(200).json().path("projects"),
        projects -> {
          assertThat(projects.asInt()).isLessThanOrEqualTo(count);
          return projects.asInt() == count;
        });
  }

  private static List<Letter> awaitLetters(Home home, String key, int count) {
    try (Letters letters = new Letters(client(home))) {
      return Await.until(
          count + " dead letters of " + key,
          PATIENCE,
          () ->
              letters.all(Optional.of(SERVICE)).stream()
                  .filter(letter -> letter.key().equals(key))
                  .toList(),
          found -> found.size() == count);
    }
  }

  private static String say(Home home, String... arguments) {
    var said = new ByteArrayOutputStream();
    try (Letters letters = new Letters(client(home))) {
      int exit =
          new DeadLetters(letters, new PrintStream(said, true, UTF_8)).run(List.of(arguments));
      assertThat(exit).as(said.toString(UTF_8)).isZero();
    }
    return said.toString(UTF_8);
  }

  private static Map<String, Object> client(Home home) {
    return DeadLetters.client(home.kafka(), Map.of());
  }

  private static Map<String, String> created(Person person, String project) {
    String user = person.client().get("/api/auth/me").expect(200).text("id");
    return Map.of(
        "ce_specversion", "1.0",
        "ce_id", UUID.randomUUID().toString(),
        "ce_source", "/projects",
        "ce_type", "projects.project.created",
        "ce_subject", project,
        "ce_time", Instant.now().toString(),
        "ce_aggregateversion", "0",
        "ce_userid", user,
        "content-type", "application/json");
  }

  private static void putAway(Home home, String project, Map<String, String> headers) {
    send(
        home,
        SERVICE + ".dead-letter.v1",
        project,
        "{\"projectId\": \"%s\", \"name\": \"Birds\"}".formatted(project),
        headers);
  }

  private static void send(
      Home home, String topic, String key, String value, Map<String, String> headers) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(client(home), new StringSerializer(), new StringSerializer())) {
      ProducerRecord<String, String> event = new ProducerRecord<>(topic, key, value);
      headers.forEach((name, text) -> event.headers().add(name, text.getBytes(UTF_8)));
      var _ = producer.send(event);
    }
  }
}
