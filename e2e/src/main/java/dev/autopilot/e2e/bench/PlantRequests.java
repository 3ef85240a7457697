package dev.autopilot.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autopilot.e2e.Answer;
import dev.autopilot.e2e.Client;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** What a client asks of one database; each prepares a request of its own. */
final class PlantRequests {
  /** Far behind all that a database was filled with. */
  private static final AtomicLong NEW = new AtomicLong(1_000_000_000);

  private final Client person;
  private final String database;
  private final Random random = new Random(1);

  PlantRequests(Client person, String database) {
    this.person = person;
    this.database = database;
  }

  Runnable firstPage() {
    return () -> page("sort=amount");
  }

  /** Behind a record that lies anywhere in the order. */
  Runnable deepPage() {
    String cursor = anywhere().path("nextCursor").textValue();
    return () -> page("sort=amount&cursor=" + encoded(cursor));
  }

  Runnable filteredPage() {
    String filter = "state = \"open\" and amount >= " + amount();
    return () -> page("sort=-day&filter=" + encoded(filter));
  }

  Runnable read() {
    String id = anywhere().path("items").path(0).path("id").textValue();
    return () -> person.get("/api/records/" + id).expect(200);
  }

  Runnable create() {
    StringBuilder body =
        new StringBuilder("{\"databaseId\":\"").append(database).append("\",\"values\":");
    Plants.json(body, NEW.incrementAndGet());
    String json = body.append('}').toString();
    return () -> person.post("/api/records", "application/json", json).expect(201);
  }

  Answer page(String query) {
    return person.get("/api/records?databaseId=" + database + "&" + query).expect(200);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private JsonNode anywhere() {
    return page("limit=1&sort=amount&filter=" + encoded("amount >= " + amount())).json();
  }

  private String amount() {
    return Integer.toString(random.nextInt(9_900));
  }
}
