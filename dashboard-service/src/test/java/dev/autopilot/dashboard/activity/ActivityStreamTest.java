package dev.autopilot.dashboard.activity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.autopilot.dashboard.Dashboard;
import dev.autopilot.testkit.OtherServices;
import dev.autopilot.testkit.Tokens;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithServers
class ActivityStreamTest {
  @TestHTTPResource("/api/dashboard/activity/stream")
  URI address;

  private final OtherServices others = OtherServices.speaking();
  private final Dashboard mine = Dashboard.ofSomebodyNew();

  @AfterEach
  void close() {
    others.close();
  }

  @Test
  void whatHappensIsSentAsItHappens() throws Exception {
    try (EventStream stream = EventStream.open(address, mine.token(), null)) {
      session("s", "Spring");

      EventStream.Event event = stream.next();

      assertThat(event.name()).isEqualTo("activity");
      assertThat(event.data().get("summary").textValue()).isEqualTo("Session “Spring” created");
      assertThat(event.data().get("actor").textValue()).isEqualTo(mine.user().toString());
    }
  }

  @Test
  void aLostStreamGoesOnWhereItWasLost() throws Exception {
    String seen;
    try (EventStream stream = EventStream.open(address, mine.token(), null)) {
      session("s", "One");
      seen = stream.next().id();
    }
    session("s", "Two");
    session("s", "Three");
    mine.awaitActivity(all -> all.getList("items").size() == 3);

    try (EventStream stream = EventStream.open(address, mine.token(), seen)) {
      assertThat(stream.next().data().get("summary").textValue()).contains("Two");
      EventStream.Event last = stream.next();
      assertThat(last.data().get("summary").textValue()).contains("Three");
      assertThat(Long.parseLong(last.id())).isGreaterThan(Long.parseLong(seen));
    }
  }

  @Test
  void aStreamLostBeforeTheFirstEventGoesOnToo() throws Exception {
    String ready;
    try (EventStream stream = EventStream.open(address, mine.token(), null)) {
      ready = stream.firstId();
    }
    session("s", "Meanwhile");

    try (EventStream stream = EventStream.open(address, mine.token(), ready)) {
      assertThat(stream.next().data().get("summary").textValue()).contains("Meanwhile");
    }
  }

  @Test
  void othersActivityIsNotSent() throws Exception {
    Dashboard other = Dashboard.ofSomebodyNew();
    try (EventStream stream = EventStream.open(address, mine.token(), null)) {
      others.tell("chat.session.created", "s", other.user(), Map.of("title", "Theirs"));
      session("s", "Mine");

      assertThat(stream.next().data().get("summary").textValue()).contains("Mine");
    }
  }

  @Test
  void aQuietStreamIsKeptAlive() throws Exception {
    try (EventStream stream = EventStream.open(address, mine.token(), null)) {
      assertThat(stream.nextComment()).isEqualTo("heartbeat");
    }
  }

  @Test
  void aStreamEndsWithItsToken() throws Exception {
    Instant begin = Instant.now();
    String brief =
        Tokens.forUser(mine.user()).expiresAt(Instant.now().plus(Duration.ofSeconds(2))).mint();
    try (EventStream stream = EventStream.open(address, brief, null)) {
      assertThat(stream.readToItsEnd()).allMatch(line -> line.isEmpty() || line.startsWith(":"));
    }
    assertThat(Instant.now()).isAfter(begin.plus(Duration.ofSeconds(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "-5", "9223372036854775808"})
  void anIdThatIsNotOfThisStreamIsRefused(String id) {
    given()
        .auth()
        .oauth2(mine.token())
        .header("Last-Event-ID", id)
        .get(address)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("invalid_cursor"));
  }

  @Test
  void onePersonHasNoMoreThanAFewStreams() throws Exception {
    List<EventStream> streams = new ArrayList<>();
    try {
      for (int i = 0; i < Subscribers.PER_USER; i++) {
        streams.add(EventStream.open(address, mine.token(), null));
      }

      given()
          .auth()
          .oauth2(mine.token())
          .get(address)
          .then()
          .statusCode(429)
          .header("Retry-After", "30")
          .body("code", equalTo("too_many_streams"));
    } finally {
      for (EventStream stream : streams) {
        stream.close();
      }
    }
  }

  private void session(String id, String title) {
    others.tell("chat.session.created", id, mine.user(), Map.of("sessionId", id, "title", title));
  }
}
