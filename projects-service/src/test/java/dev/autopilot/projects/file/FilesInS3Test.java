package dev.autopilot.projects.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autopilot.projects.FileJourney;
import dev.autopilot.projects.Person;
import dev.autopilot.projects.file.store.FileStore;
import dev.autopilot.projects.file.store.S3FileStore;
import dev.autopilot.projects.file.store.S3ForTests;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
@WithTestResource(value = S3ForTests.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class FilesInS3Test {
  private final Person ada = Person.anyone();

  @Inject Sql sql;
  @Inject FileStore store;
  @Inject CollectOrphans orphans;

  @Test
  void filesLiveThereAsTheyDoOnDisk() {
    assertThat(store).isInstanceOf(S3FileStore.class);
    new FileJourney(ada).run();
  }

  @Test
  void aDeletedFileLeavesNothingThere() throws IOException {
    String id = ada.request().multiPart("file", "a", new byte[10]).post("/api/files").path("id");
    String key = keyOf(id);
    try (InputStream content = store.read(key, 0, 10)) {
      assertThat(content.readAllBytes()).isEqualTo(new byte[10]);
    }
    ada.request().delete("/api/files/" + id).then().statusCode(204);

    orphans.collect();

    assertThatThrownBy(() -> store.read(key, 0, 1)).isInstanceOf(IOException.class);
  }

  private String keyOf(String id) {
    return sql.list(
            Statement.of("select key from file_part where file_id = ?", UUID.fromString(id)),
            row -> row.getString("key"))
        .getFirst();
  }
}
