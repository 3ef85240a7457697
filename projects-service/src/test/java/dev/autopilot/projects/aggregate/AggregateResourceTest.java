package dev.autopilot.projects.aggregate;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.autopilot.projects.AField;
import dev.autopilot.projects.Person;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithServers
class AggregateResourceTest {
  private final Person ada = Person.anyone();
  private String path = "";

  @BeforeEach
  void orders() {
    String database =
        ada.database(
            AField.select("status", "open", "paid"),
            AField.of("amount", "decimal"),
            AField.of("day", "date"));
    ada.record(database, Map.of("status", "open", "amount", 10, "day", "2026-01-05"));
    ada.record(database, Map.of("status", "paid", "amount", 20.5, "day", "2026-01-20"));
    ada.record(database, Map.of("status", "paid", "amount", 30, "day", "2026-02-01"));
    ada.record(database, Map.of("amount", 1));
    path = "/api/databases/" + database + "/aggregate";
  }

  @Test
  void figuresAreGivenByGroup() {
    ada.get(path, "group", "status", "metrics", "count,sum:amount,avg:amount,max:day")
        .then()
        .statusCode(200)
        .body("items.group.status", contains("open", "paid", null))
        .body("items.metrics.count", contains(1, 2, 1))
        .body("items[1].metrics.'sum:amount'", equalTo(50.5f))
        .body("items[1].metrics.'avg:amount'", equalTo(25.25f))
        .body("items[1].metrics.'max:day'", equalTo("2026-02-01"))
        .body("items[2].metrics.'max:day'", equalTo(null));
  }

  @Test
  void datesAreGroupedByTheirParts() {
    ada.get(path, "group", "day:month", "filter", "day is not null")
        .then()
        .body("items.group.'day:month'", contains("2026-01", "2026-02"))
        .body("items.metrics.count", contains(2, 1));
  }

  @Test
  void withoutGroupsThereIsOneFigureOfAll() {
    ada.get(path, "metrics", "count,distinct:status", "filter", "amount > 5")
        .then()
        .body("items.size()", equalTo(1))
        .body("items[0].metrics.count", equalTo(3))
        .body("items[0].metrics.'distinct:status'", equalTo(2));
  }

  @ParameterizedTest
  @CsvSource({
    "metrics,sum:status",
    "metrics,median:amount",
    "metrics,sum",
    "metrics,sum:colour",
    "metrics,min:id",
    "metrics,max:createdBy",
    "group,colour",
    "group,status:month",
    "group,day:week"
  })
  void whatMakesNoSenseIsRefused(String parameter, String value) {
    ada.get(path, parameter, value)
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/" + parameter));
  }

  @Test
  void somebodyElsesFiguresAreNotThere() {
    Person.anyone().get(path).then().statusCode(404);
  }
}
