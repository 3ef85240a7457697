package dev.autopilot.projects.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.projects.AField;
import dev.autopilot.projects.LargeRecord;
import dev.autopilot.projects.Person;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class ChangeResourceTest {
  private final Person ada = Person.anyone();

  @TestHTTPResource URI server;

  @Test
  void changesAreToldAsTheyHappenAndGoOnWhereTheConnectionBroke() throws IOException {
    String database = ada.database(AField.of("name", "text"));
    String path;
    String firstId;
    try (Stream stream = open(database, null)) {
      path = "/api/records/" + ada.record(database, Map.of("name", "Oak")).getString("id");
      Event created = stream.next();
      assertThat(created.name()).isEqualTo("created");
      assertThat(created.data()).contains("\"name\":\"Oak\"");
      firstId = created.id();
    }
    ada.patch(path, Map.of("values", Map.of("name", "Elm"))).then().statusCode(200);
    ada.request().delete(path).then().statusCode(204);

    try (Stream resumed = open(database, firstId)) {
      assertThat(resumed.next().name()).isEqualTo("updated");
      assertThat(resumed.next().name()).isEqualTo("deleted");
    }
  }

  @Test
  void largeChangesAreToldToo() throws IOException {
    String database = ada.database(LargeRecord.fields(AField.of("name", "text")));
    String before;
    try (Stream stream = open(database, null)) {
      String _ = ada.record(database, Map.of("name", "before")).getString("id");
      before = stream.next().id();
    }
    for (int i = 0; i < 4; i++) {
      ada.record(database, LargeRecord.values(i, Map.of("name", "large" + i)));
    }

    try (Stream resumed = open(database, before)) {
      for (int i = 0; i < 4; i++) {
        assertThat(resumed.next().data()).contains("\"name\":\"large" + i + "\"");
      }
    }
  }

  @Test
  void othersDoNotListenAndNonsenseIsNoPlace() {
    String path = "/api/databases/" + ada.database(AField.of("name", "text")) + "/changes";
    Person.anyone().get(path).then().statusCode(404);
    ada.request().header("Last-Event-ID", "x").get(path).then().statusCode(400);
  }

  private record Event(String id, String name, String data) {}

  private Stream open(String database, @Nullable String lastEventId) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            server.resolve("/api/databases/" + database + "/changes").toURL().openConnection();
    connection.setReadTimeout(20_000);
    connection.setRequestProperty("Authorization", "Bearer " + ada.token());
    connection.setRequestProperty("Accept", "text/event-stream");
    if (lastEventId != null) {
      connection.setRequestProperty("Last-Event-ID", lastEventId);
    }
    Stream stream =
        new Stream(
            connection,
            new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8)));
    stream.block(); // The server says that it listens.
    return stream;
  }

  private record Stream(HttpURLConnection connection, BufferedReader lines)
      implements AutoCloseable {

    Event next() throws IOException {
      Event event = block();
      while (event.data().isEmpty()) {
        event = block();
      }
      return event;
    }

    Event block() throws IOException {
      String id = "";
      String name = "";
      String data = "";
      String line = lines.readLine();
      while (line != null && !line.isEmpty()) {
        if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        } else if (line.startsWith("event:")) {
          name = line.substring(6).strip();
        } else if (line.startsWith("data:")) {
          data = line.substring(5).strip();
        }
        line = lines.readLine();
      }
      if (line == null) {
        throw new IOException("The stream has ended");
      }
      return new Event(id, name, data);
    }

    @Override
    public void close() {
      connection.disconnect();
    }
  }
}
