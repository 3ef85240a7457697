package dev.autopilot.projects.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.autopilot.projects.AField;
import dev.autopilot.projects.LargeRecord;
import dev.autopilot.projects.Person;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithServers
class RecordListTest {
  private static final String LONG = "https://example.org/" + "x".repeat(1_900);

  private final Person ada = Person.anyone();

  private String plants() {
    String database =
        ada.database(
            AField.of("name", "text"),
            AField.indexed(AField.of("height", "number")),
            AField.select("kind", "tree", "shrub"),
            AField.of("sown", "date"),
            AField.of("seen", "datetime"),
            AField.of("edible", "boolean"),
            AField.multiSelect("tags", "shade", "sun", "dry"));
    plant(database, "Oak", 20, "tree", "2020-04-01", "2026-01-01T10:00:00Z", false, "sun");
    plant(database, "Rose", 1.5, "shrub", "2021-05-01", null, false, "sun", "dry");
    plant(database, "Apple", 4, "tree", null, "2026-03-01T00:00:00Z", true, "sun");
    plant(database, "Hazel", 4, "shrub", "2019-03-01", null, true, "shade");
    plant(database, "Fern", null, null, null, null, null);
    plant(database, "100% \\Ivy_", null, "shrub", "2022-01-01", null, null, "shade", "dry");
    return database;
  }

  private void plant(
      String database,
      String name,
      @Nullable Number height,
      @Nullable String kind,
      @Nullable String sown,
      @Nullable String seen,
      @Nullable Boolean edible,
      String... tags) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("name", name);
    values.put("height", height);
    values.put("kind", kind);
    values.put("sown", sown);
    values.put("seen", seen);
    values.put("edible", edible);
    values.put("tags", tags.length == 0 ? null : List.of(tags));
    ada.record(database, values);
  }

  @Test
  void filtersFindWhatTheySay() {
    String plants = plants();
    assertFinds(plants, "kind = 'tree'", "Oak", "Apple");
    assertFinds(plants, "kind = 'tree' and height >= 5 or name ~ 'ROS'", "Oak", "Rose");
    assertFinds(plants, "kind != 'tree'", "Rose", "Hazel", "Fern", "100% \\Ivy_");
    assertFinds(plants, "not (height < 10)", "Oak", "Fern", "100% \\Ivy_");
    assertFinds(plants, "height between 1.5 and 4", "Rose", "Apple", "Hazel");
    assertFinds(plants, "height in (20, 1.50)", "Oak", "Rose");
    assertFinds(plants, "height is null", "Fern", "100% \\Ivy_");
    assertFinds(plants, "kind is not null and sown is null", "Apple");
    assertFinds(plants, "sown > '2020-04-01'", "Rose", "100% \\Ivy_");
    assertFinds(plants, "seen >= '2026-01-01T12:00:00+02:00'", "Oak", "Apple");
    assertFinds(plants, "edible = true", "Apple", "Hazel");
    assertFinds(plants, "edible != true", "Oak", "Rose", "Fern", "100% \\Ivy_");
    assertFinds(plants, "tags ~ 'dry'", "Rose", "100% \\Ivy_");
    assertFinds(plants, "tags in ('dry', 'shade')", "Rose", "Hazel", "100% \\Ivy_");
    assertFinds(plants, "tags !~ 'sun'", "Hazel", "Fern", "100% \\Ivy_");
    assertFinds(plants, "name ~ '%'", "100% \\Ivy_");
    assertFinds(plants, "name ~ '_'", "100% \\Ivy_");
    assertFinds(plants, "name ~ '\\\\i'", "100% \\Ivy_");
    assertFinds(plants, "name > 'Oak'", "Rose");
    assertFinds(plants, "createdAt > now - 1h and version = 1 and height > 10", "Oak");
    assertFinds(plants, "createdAt < now - 1h");
    assertFinds(plants, "createdBy = '" + ada.id() + "' and height = 20", "Oak");
    assertFinds(plants, "id in ('" + ada.id() + "')");
  }

  @Test
  void largeRecordsMakePagesShortAndEachIsListedOnce() {
    String database =
        ada.database(
            LargeRecord.fields(
                AField.of("name", "text"), AField.indexed(AField.of("height", "number"))));
    Map<String, Integer> heights = new LinkedHashMap<>();
    List<String> without = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String name = "n" + (10 + i);
      if (i % 3 == 0) {
        ada.record(database, LargeRecord.values(i, Map.of("name", name)));
        without.add(name);
      } else {
        ada.record(database, LargeRecord.values(i, Map.of("name", name, "height", i / 8)));
        heights.put(name, i / 8);
      }
    }
    Comparator<String> rising = Comparator.comparing(heights::get);
    Comparator<String> falling = rising.reversed();
    Comparator<String> down = Comparator.reverseOrder();

    assertThat(listed(database, "name")).isSorted().hasSize(30);
    assertThat(listed(database, "-id")).isSortedAccordingTo(down).hasSize(30);
    assertThat(listed(database, "height")).isEqualTo(joined(heights, rising, without));
    assertThat(listed(database, "-height"))
        .isEqualTo(joined(heights, falling.thenComparing(down), without.reversed()));
    assertThat(listed(database, "-height,name")).isEqualTo(joined(heights, falling, without));
  }

  private static List<String> joined(
      Map<String, Integer> heights, Comparator<String> order, List<String> without) {
    return Stream.concat(heights.keySet().stream().sorted(order), without.stream()).toList();
  }

  /** All the names, page by page, of which none is too large and none shorter than it has to be. */
  private List<String> listed(String database, String sort) {
    List<String> names = new ArrayList<>();
    List<String> parameters =
        new ArrayList<>(List.of("databaseId", database, "sort", sort, "limit", "200"));
    String cursor;
    do {
      String body =
          ada.get("/api/records", parameters.toArray()).then().statusCode(200).extract().asString();
      JsonPath page = JsonPath.from(body);
      assertThat(page.getList("items")).hasSize(5);
      assertThat(body.length()).isLessThan((2 << 20) + 5 * 1_000);
      names.addAll(page.getList("items.values.name"));
      cursor = page.getString("nextCursor");
      parameters = new ArrayList<>(parameters.subList(0, 6));
      parameters.addAll(List.of("cursor", "" + cursor));
    } while (cursor != null);
    return names;
  }

  private void assertFinds(String database, String filter, String... names) {
    assertThat(ada.<String>found(database, "name", filter)).as(filter).containsExactly(names);
  }

  @Test
  void wordsAreSearchedInAllTexts() {
    String plants = plants();
    assertThat(ada.records(plants, "q", "apple").getList("items.values.name"))
        .containsExactly("Apple");
    assertThat(ada.records(plants, "q", "shade dry").getList("items.values.name"))
        .containsExactly("100% \\Ivy_");
    assertThat(ada.records(plants, "q", "' or 1=1 --").getList("items")).isEmpty();
    assertThat(ada.records(plants, "q", "...").getList("items")).isEmpty();
  }

  @Test
  void wordsAreFoundWithinAddressesAndCodesAndPhrasesWithinOneText() {
    String people =
        ada.database(
            AField.of("name", "text"), AField.of("mail", "email"), AField.of("more", "json"));
    ada.record(
        people,
        Map.of(
            "name", "Ada Lovelace",
            "mail", "person12@example.org",
            "more", Map.of("codes", List.of("Code-12", 7))));
    ada.record(people, Map.of("name", "Charles", "mail", "person13@example.org"));
    assertNames(people, "PERSON12", "Ada Lovelace");
    assertNames(people, "example", "Ada Lovelace", "Charles");
    assertNames(people, "person12@example.org", "Ada Lovelace");
    assertNames(people, "example -ada", "Charles");
    assertNames(people, "charles or \"ada lovelace\"", "Ada Lovelace", "Charles");
    assertNames(people, "code-12", "Ada Lovelace");
    assertNames(people, "12-code");
    assertNames(people, "\"lovelace person12\"");
    assertNames(people, "lovelace person12", "Ada Lovelace");
  }

  private void assertNames(String database, String q, String... names) {
    assertThat(ada.records(database, "q", q).<String>getList("items.values.name"))
        .as(q)
        .containsExactly(names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "height | Rose,Apple,Hazel,Oak,Fern,100% \\Ivy_",
        "-height | Oak,Hazel,Apple,Rose,100% \\Ivy_,Fern",
        "kind,-height | Hazel,Rose,100% \\Ivy_,Oak,Apple,Fern",
        "-kind,name | Apple,Oak,100% \\Ivy_,Hazel,Rose,Fern",
        "height,name | Rose,Apple,Hazel,Oak,100% \\Ivy_,Fern",
        "-height,-name | Oak,Hazel,Apple,Rose,Fern,100% \\Ivy_",
        "edible,sown | Oak,Rose,Hazel,Apple,100% \\Ivy_,Fern",
        "-seen | Apple,Oak,100% \\Ivy_,Fern,Hazel,Rose",
        "-createdAt,name | ",
        "id | Oak,Rose,Apple,Hazel,Fern,100% \\Ivy_",
        "-id | 100% \\Ivy_,Fern,Hazel,Apple,Rose,Oak",
        "height,-id | Rose,Hazel,Apple,Oak,100% \\Ivy_,Fern",
      })
  void pagesOfAnySizeFollowTheSortWithNothingLast(String sort, @Nullable String expected) {
    String plants = plants();
    List<String> whole = ada.records(plants, "sort", sort).getList("items.values.name");
    if (expected != null) {
      assertThat(whole).containsExactly(expected.split(","));
    }
    for (int limit : new int[] {1, 2, 4}) {
      assertThat(paged(plants, sort, limit)).as("limit %d", limit).isEqualTo(whole);
    }
  }

  private List<String> paged(String database, String sort, int limit) {
    List<String> names = new ArrayList<>();
    @Nullable String cursor = null;
    do {
      JsonPath page =
          cursor == null
              ? ada.records(database, "sort", sort, "limit", limit)
              : ada.records(database, "sort", sort, "limit", limit, "cursor", cursor);
      names.addAll(page.getList("items.values.name"));
      cursor = page.getString("nextCursor");
    } while (cursor != null);
    return names;
  }

  @Test
  void aPageHoldsItsPlaceWhileRecordsComeAndGo() {
    String database = ada.database(AField.of("n", "number"));
    List<String> ids = new ArrayList<>();
    for (int n = 0; n < 10; n++) {
      ids.add(ada.record(database, Map.of("n", n * 10)).getString("id"));
    }
    JsonPath first = ada.records(database, "sort", "n", "limit", 5);
    ada.request().delete("/api/records/" + ids.get(4)).then().statusCode(204);
    ada.record(database, Map.of("n", 5));
    ada.record(database, Map.of("n", 55));

    JsonPath second =
        ada.records(database, "sort", "n", "limit", 50, "cursor", first.getString("nextCursor"));

    assertThat(second.<Integer>getList("items.values.n")).containsExactly(50, 55, 60, 70, 80, 90);
  }

  @Test
  void onlyTheChosenValuesAreGiven() {
    String plants = plants();
    JsonPath page = ada.records(plants, "fields", "name,kind", "limit", 1);
    assertThat(page.<String, Object>getMap("items[0].values").keySet())
        .containsExactly("name", "kind");
  }

  @Test
  void theTotalIsCountedWhenAskedFor() {
    String plants = plants();
    assertThat(ada.records(plants).<Object>get("total")).isNull();
    assertThat(ada.records(plants, "count", true, "limit", 1).getInt("total")).isEqualTo(6);
    assertThat(
            ada.records(plants, "count", true, "limit", 1, "filter", "kind='tree'").getInt("total"))
        .isEqualTo(2);
  }

  @Test
  void aCursorBelongsToItsSort() {
    String plants = plants();
    String cursor = ada.records(plants, "sort", "name", "limit", 1).getString("nextCursor");
    for (String sort : List.of("-name", "height", "name,height", "id")) {
      ada.get("/api/records", "databaseId", plants, "sort", sort, "cursor", cursor)
          .then()
          .statusCode(400)
          .body("code", equalTo("invalid_cursor"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"colour", "tags", "name,name", "name,", "a,b,c,d", "--name", "name;drop"})
  void whatCannotBeSortedByIsRefused(String sort) {
    ada.get("/api/records", "databaseId", plants(), "sort", sort)
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/sort"));
  }

  @Test
  void aFilterThatIsNoneIsRefusedWithThePosition() {
    ada.get("/api/records", "databaseId", plants(), "filter", "kind = 'tree' and")
        .then()
        .statusCode(422)
        .body("code", equalTo("validation_failed"))
        .body("errors[0].pointer", equalTo("/filter"))
        .body("errors[0].message", startsWith("At character 18:"));
  }

  @Test
  void injectionIsDataInEveryPosition() {
    String plants = plants();
    List<String> attempts =
        List.of(
            "'; drop table project; --",
            "\" or \"1\"=\"1",
            "') or true --",
            "$1",
            "?",
            "\\",
            "%' or '%'='",
            "{}",
            "a' union select 1 --");
    for (String attempt : attempts) {
      String literal = "\"" + attempt.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
      assertFinds(plants, "name = " + literal);
      assertFinds(plants, "name in (" + literal + ")");
      assertFinds(plants, "tags ~ " + literal);
      ada.records(plants, "q", attempt);
      for (String parameter : List.of("sort", "fields", "filter")) {
        ada.get("/api/records", "databaseId", plants, parameter, attempt).then().statusCode(422);
      }
      ada.get("/api/records", "databaseId", attempt).then().statusCode(422);
      String id = ada.record(plants, Collections.singletonMap("name", attempt)).getString("id");
      assertFinds(plants, "name = " + literal, attempt);
      ada.request().delete("/api/records/" + id).then().statusCode(204);
    }
    assertThat(ada.records(plants).getList("items")).hasSize(6);
  }

  @Test
  void aListSortedByLongTextsGoesOnToItsEnd() {
    String database = ada.database(AField.of("text", "url"), AField.of("number", "number"));
    for (int i = 0; i < 4; i++) {
      // Alike but for their ends, and the last two altogether.
      ada.record(database, Map.of("text", LONG + Math.min(i, 2), "number", i));
    }

    List<Integer> numbers = new ArrayList<>();
    List<Object> page = new ArrayList<>(List.of("databaseId", database, "sort", "text"));
    page.addAll(List.of("limit", 1, "fields", "number"));
    for (String next = ""; next != null; ) {
      JsonPath answer =
          ada.get("/api/records", page.toArray()).then().statusCode(200).extract().jsonPath();
      numbers.addAll(answer.getList("items.values.number"));
      next = answer.getString("nextCursor");
      if (next != null) {
        assertThat(next.length()).isLessThan(300);
        page = new ArrayList<>(page.subList(0, 8));
        page.addAll(List.of("cursor", next));
      }
    }

    assertThat(numbers).containsExactly(0, 1, 2, 3);
  }

  @Test
  void aPlaceWhoseRecordIsGoneIsToldToBeSo() {
    String database = ada.database(AField.of("text", "url"));
    String first = ada.record(database, Map.of("text", LONG)).getString("id");
    ada.record(database, Map.of("text", LONG + "1"));
    String cursor = ada.records(database, "sort", "text", "limit", 1).getString("nextCursor");
    ada.request().delete("/api/records/" + first).then().statusCode(204);

    ada.get("/api/records", "databaseId", database, "sort", "text", "cursor", cursor)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_cursor"))
        .body("detail", startsWith("The record at which the page ended is gone"));
  }
}
