package dev.autopilot.projects.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autopilot.events.envelope.ReceivedEvent;
import dev.autopilot.projects.AField;
import dev.autopilot.projects.Person;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import dev.autopilot.testkit.Contracts;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class EraseUserTest {
  @Inject EraseUser eraseUser;
  @Inject Sql sql;

  @Test
  void whoIsDeletedLeavesNothingBehindAndOthersKeepTheirs() {
    Person ada = Person.anyone();
    Person eve = Person.anyone();
    String hers = ada.database(AField.of("name", "text"));
    String others = eve.database(AField.of("name", "text"));
    ada.record(hers, Map.of("name", "Oak"));
    eve.record(others, Map.of("name", "Elm"));
    long storage =
        sql.number(
            Statement.of("select storage from database where id = ?", UUID.fromString(hers)));

    eraseUser.handle(deletionOf(ada.id()));

    assertThat(count("project where owner_id = ?", ada.id())).isZero();
    assertThat(count("member where user_id = ?", ada.id())).isZero();
    assertThat(count("database where id = ?", UUID.fromString(hers))).isZero();
    assertThat(count("revision where database_id = ?", UUID.fromString(hers))).isZero();
    assertThat(
            sql.number(
                Statement.of(
                    "select count(*) from pg_class where relname = ?", "record_" + storage)))
        .isZero();
    assertThat(eve.records(others).getList("items")).hasSize(1);
  }

  private long count(String from, UUID id) {
    return sql.number(Statement.of("select count(*) from " + from, id));
  }

  private static ReceivedEvent deletionOf(UUID userId) {
    JsonNode golden = Contracts.golden("auth.user.deleted");
    Map<String, String> attributes = new HashMap<>();
    golden
        .get("attributes")
        .properties()
        .forEach(attribute -> attributes.put(attribute.getKey(), attribute.getValue().asText()));
    com.fasterxml.jackson.databind.node.ObjectNode data =
        ((com.fasterxml.jackson.databind.node.ObjectNode) golden.get("data")).deepCopy();
    data.put("userId", userId.toString());
    return ReceivedEvent.of(attributes, data);
  }
}
