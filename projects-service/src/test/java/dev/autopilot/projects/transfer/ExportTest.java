package dev.autopilot.projects.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.startsWith;

import dev.autopilot.projects.AField;
import dev.autopilot.projects.LargeRecord;
import dev.autopilot.projects.Person;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class ExportTest {
  private final Person ada = Person.anyone();

  @Test
  void whatIsExportedIsWhatAListWouldGive() {
    String database =
        ada.database(
            AField.of("name", "text"),
            AField.of("amount", "decimal"),
            AField.multiSelect("tags", "a", "b"),
            AField.of("extra", "json"));
    String id =
        ada.record(
                database,
                Map.of(
                    "name",
                    "Oak, \"old\"",
                    "amount",
                    1.5,
                    "tags",
                    List.of("b", "a"),
                    "extra",
                    Map.of("k", 1)))
            .getString("id");
    ada.record(database, Map.of("name", "Elm"));
    String path = "/api/databases/" + database + "/export";

    ada.get(path).then().statusCode(200).contentType("text/csv");
    assertThat(ada.get(path, "format", "csv", "filter", "name ~ 'oak'").asString().lines())
        .containsExactly(
            "id,name,amount,tags,extra", id + ",\"Oak, \"\"old\"\"\",1.50,b;a,\"{\"\"k\"\":1}\"");
    assertThat(ada.get(path, "format", "jsonl", "sort", "-name", "fields", "name").asString())
        .startsWith("{\"id\":\"" + id + "\",\"name\":\"Oak, \\\"old\\\"\"}\n")
        .hasLineCount(2);
    ada.get(path, "format", "xml").then().statusCode(422);
    ada.get(path, "filter", "(").then().statusCode(422);
    Person.anyone().get(path).then().statusCode(404);
  }

  @Test
  void aSpreadsheetFindsNoFormulasInIt() {
    String database = ada.database(AField.of("name", "text"), AField.of("amount", "number"));
    ada.record(database, Map.of("name", "=HYPERLINK(\"x\")", "amount", -1));
    ada.record(database, Map.of("name", "Oak = old", "amount", 2));
    String path = "/api/databases/" + database + "/export";

    assertThat(ada.get(path, "sort", "amount", "fields", "name,amount").asString())
        .as("as an import reads it again")
        .contains(",\"=HYPERLINK(\"\"x\"\")\",-1");
    assertThat(ada.get(path, "spreadsheet", "true", "fields", "name,amount").asString())
        .contains(",\"'=HYPERLINK(\"\"x\"\")\",-1", ",Oak = old,2");
  }

  @Test
  void largeRecordsAreInTheFileToo() {
    String database = ada.database(LargeRecord.fields(AField.of("n", "number")));
    for (int i = 0; i < 7; i++) {
      ada.record(database, LargeRecord.values(i, Map.of("n", i)));
    }

    String file =
        ada.get("/api/databases/" + database + "/export", "sort", "-n", "fields", "n").asString();

    assertThat(file.lines().skip(1).map(line -> line.substring(line.indexOf(',') + 1)))
        .containsExactly("6", "5", "4", "3", "2", "1", "0");
  }

  @Test
  void everyPageIsInTheFile() {
    String database = ada.database(AField.of("n", "number"));
    for (int from = 0; from < 2_500; from += 500) {
      List<Map<String, Integer>> rows =
          IntStream.range(from, from + 500).mapToObj(n -> Map.of("n", n % 100)).toList();
      ada.post("/api/records/bulk", Map.of("databaseId", database, "create", rows))
          .then()
          .statusCode(200);
    }

    List<String> lines =
        ada.get("/api/databases/" + database + "/export", "sort", "n").asString().lines().toList();

    assertThat(lines).hasSize(2_501).doesNotHaveDuplicates();
    assertThat(lines.get(1)).endsWith(",0");
    assertThat(lines.getLast()).endsWith(",99");
    ada.get("/api/databases/" + database + "/export")
        .then()
        .header("Content-Disposition", startsWith("attachment"));
  }
}
