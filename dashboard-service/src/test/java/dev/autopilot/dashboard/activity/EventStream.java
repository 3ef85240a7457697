package dev.autopilot.dashboard.activity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client of server-sent events, as simple as the format is. */
final class EventStream implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_MS = 20_000;

  private final HttpURLConnection connection;
  private final BufferedReader lines;
  private final String firstId;

  record Event(String id, String name, JsonNode data) {}

  private EventStream(HttpURLConnection connection) throws IOException {
    this.connection = connection;
    this.lines =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    this.firstId = readBlock().id();
  }

  /** Returns once the server listens: it says so with a first id. */
  static EventStream open(URI address, String token, @Nullable String lastEventId)
      throws IOException {
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setReadTimeout(PATIENCE_MS);
    connection.setRequestProperty("Authorization", "Bearer " + token);
    connection.setRequestProperty("Accept", "text/event-stream");
    if (lastEventId != null) {
      connection.setRequestProperty("Last-Event-ID", lastEventId);
    }
    return new EventStream(connection);
  }

  String firstId() {
    return firstId;
  }

  Event next() throws IOException {
    Event event = readBlock();
    while (event.data().isMissingNode()) {
      event = readBlock();
    }
    return event;
  }

  /** What stands behind the colon of the next comment. */
  String nextComment() throws IOException {
    String line;
    while ((line = lines.readLine()) != null) {
      if (line.startsWith(":")) {
        return line.substring(1).strip();
      }
    }
    throw new IOException("The stream has ended.");
  }

  /** Every line until the server ends the stream. */
  List<String> readToItsEnd() throws IOException {
    List<String> rest = new ArrayList<>();
    String line;
    while ((line = lines.readLine()) != null) {
      rest.add(line);
    }
    return rest;
  }

  private Event readBlock() throws IOException {
    String id = "";
    String name = "";
    StringBuilder data = new StringBuilder();
    String line;
    while ((line = lines.readLine()) != null && !line.isEmpty()) {
      if (line.startsWith("id:")) {
        id = line.substring(3).strip();
      } else if (line.startsWith("event:")) {
        name = line.substring(6).strip();
      } else if (line.startsWith("data:")) {
        data.append(line.substring(5));
      }
    }
    if (line == null) {
      throw new IOException("The stream has ended.");
    }
    return new Event(id, name, JSON.readTree(data.toString()));
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
