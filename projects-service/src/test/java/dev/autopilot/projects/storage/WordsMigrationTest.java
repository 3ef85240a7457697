package dev.autopilot.projects.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables as an older release made them get their words, and keep them while it still runs. */
class WordsMigrationTest {
  private static final String SCHEMA = "words_migration";

  private Connection connection;
  private Statement statement;

  @BeforeEach
  void anOlderRelease() throws SQLException {
    connection = TestDatabase.connect(SCHEMA);
    statement = connection.createStatement();
    Migrated.migrate(SCHEMA, "9");
    execute(
        """
        insert into project values (uuidv7(), uuidv7(), 'P', null, 0, now(), now())\
        """);
  }

  @AfterEach
  void clear() throws SQLException {
    execute("drop schema " + SCHEMA + " cascade");
    connection.close();
  }

  @Test
  void everyRecordIsFoundByItsWordsAndTheOldIndexIsGone() throws SQLException {
    oldTable(1);
    oldTable(2);
    execute(
        """
        insert into record_1 select uuidv7(), jsonb_build_object('1', 'No ' || g || ', person' || g || '@example.org'),
          1, now(), now(), uuidv7() from generate_series(1, 12001) g\
        """);

    Migrated.migrate(SCHEMA, "latest");

    assertThat(list("select count(*) from record_1 where words @@ 'example'"))
        .containsExactly("12001");
    assertThat(list("select data->>'1' from record_1 where words @@ 'person12001'"))
        .containsExactly("No 12001, person12001@example.org");
    assertThat(searchIndexes()).containsExactly("record_1_w", "record_2_w");
  }

  @Test
  void aMigrationThatWasCutOffGoesOn() throws SQLException {
    oldTable(1);
    oldTable(2);
    oldRecord(1, "oak");
    Migrated.migrate(SCHEMA, "10");
    execute("select keep_words(1)");
    oldRecord(1, "ash");
    execute("select keep_words(2), index_words(2)");

    Migrated.migrate(SCHEMA, "latest");

    assertThat(list("select data->>'1' from record_1 where words @@ 'oak | ash' order by 1"))
        .containsExactly("ash", "oak");
    assertThat(searchIndexes()).containsExactly("record_1_w", "record_2_w");
  }

  @Test
  void aReplicaOfTheOlderReleaseMayGoOnWriting() throws SQLException {
    oldTable(1);
    oldRecord(1, "oak");
    Migrated.migrate(SCHEMA, "latest");

    oldTable(2);
    oldRecord(1, "ash");
    oldRecord(2, "elm");
    execute("update record_1 set data = '{\"1\": \"fir\"}' where data->>'1' = 'oak'");

    assertThat(list("select words::text from record_1 order by 1"))
        .containsExactly("'ash':1", "'fir':1");
    assertThat(list("select words::text from record_2")).containsExactly("'elm':1");
    assertThat(searchIndexes()).containsExactly("record_1_w", "record_2_w");
  }

  private List<String> searchIndexes() throws SQLException {
    return list(
        """
        select indexname from pg_indexes
        where schemaname = current_schema() and indexname ~ '^record_._[qw]$' order by 1\
        """);
  }

  private void oldTable(int storage) throws SQLException {
    connection.setAutoCommit(false);
    execute(
        """
        insert into database select uuidv7(), id, %1$d, 'D', null, '[]', 0, now(), now() from project;
        create table record_%1$d (id uuid primary key, data jsonb not null, version integer not null,
          created_at timestamptz not null, updated_at timestamptz not null, created_by uuid not null);
        create index record_%1$d_q on record_%1$d
          using gin ((jsonb_to_tsvector('simple', data, '["string"]')))\
        """
            .formatted(storage));
    connection.commit();
    connection.setAutoCommit(true);
  }

  private void oldRecord(int storage, String text) throws SQLException {
    execute(
        """
        insert into record_%d (id, data, version, created_at, updated_at, created_by)
        values (uuidv7(), '{"1": "%s"}', 1, now(), now(), uuidv7())\
        """
            .formatted(storage, text));
  }

  private void execute(String sql) throws SQLException {
    boolean _ = statement.execute(sql);
  }

  private List<String> list(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
