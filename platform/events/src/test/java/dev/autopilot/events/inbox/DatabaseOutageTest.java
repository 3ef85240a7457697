package dev.autopilot.events.inbox;

import static dev.autopilot.events.testapp.Kafka.happened;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.autopilot.events.kafka.Topics;
import dev.autopilot.events.testapp.Kafka;
import dev.autopilot.events.testapp.Listener;
import dev.autopilot.events.testapp.Notes;
import dev.autopilot.events.testapp.Servers;
import dev.autopilot.events.testapp.WithRealServers;
import dev.autopilot.kernel.Ids;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithRealServers
class DatabaseOutageTest {
  @Inject Listener listener;
  @Inject Notes notes;

  @TestHTTPResource(value = "/health/ready", management = true)
  URL readiness;

  @Test
  void anOutageOfTheDatabaseIsToldLastsAsLongAsItLastsAndLosesNothing() {
    String subject = Ids.next().toString();
    given().get(readiness).then().statusCode(200);
    Servers.stopPostgres();
    try {
      Kafka.send(LongStream.range(0, 50).mapToObj(n -> happened(subject, n)).toList());
      given()
          .get("/api/notes/count?text=x")
          .then()
          .statusCode(503)
          .body("code", equalTo("unavailable"));
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> given().get(readiness).then().statusCode(503));
    } finally {
      Servers.startPostgres();
    }

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> given().get(readiness).then().statusCode(200));
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(listener.heardOf(subject))
                .containsExactlyElementsOf(LongStream.range(0, 50).boxed().toList()));
    assertThat(Kafka.read(Topics.deadLetters("probe"), subject)).isEmpty();
    UUID after = notes.create("after the outage");
    await().untilAsserted(() -> assertThat(listener.heardOf(after.toString())).containsExactly(0L));
  }
}
