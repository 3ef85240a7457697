package dev.autopilot.projects.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.autopilot.projects.Person;
import dev.autopilot.projects.sql.Sql;
import dev.autopilot.projects.sql.Statement;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class UploadTest {
  private final Person ada = Person.anyone();

  @Inject Sql sql;
  @Inject CollectOrphans orphans;

  @TestHTTPResource("/")
  URI service;

  private RequestSpecification tus() {
    return ada.request().header("Tus-Resumable", "1.0.0");
  }

  private Response begin(long size) {
    return tus()
        .header("Upload-Length", size)
        .header("Upload-Metadata", "filename bW92aWU=")
        .post("/api/files/uploads");
  }

  @Test
  void anUploadThatIsBegunAgainWithItsKeyIsTheSame() {
    String key = UUID.randomUUID().toString();

    String location = beginOnce(key, 3).then().statusCode(201).extract().header("Location");

    beginOnce(key, 3)
        .then()
        .statusCode(201)
        .header("Location", location)
        .header("Tus-Resumable", "1.0.0")
        .header("Idempotency-Replayed", "true");
    beginOnce(key, 4).then().statusCode(422).body("code", equalTo("idempotency_key_reused"));
    assertThat(sql.number(Statement.of("select count(*) from upload where owner_id = ?", ada.id())))
        .isEqualTo(1);
  }

  private Response beginOnce(String key, long size) {
    return tus()
        .header("Upload-Length", size)
        .header("Upload-Metadata", "filename bW92aWU=")
        .header("Idempotency-Key", key)
        .post("/api/files/uploads");
  }

  private String begun(long size) {
    String location = begin(size).then().statusCode(201).extract().header("Location");
    return location.substring(location.indexOf("/api"));
  }

  private static String fileOf(String upload) {
    return "/api/files/" + upload.substring(upload.lastIndexOf('/') + 1);
  }

  private Response append(String upload, long offset, byte[] content) {
    return tus()
        .header("Upload-Offset", offset)
        .contentType("application/offset+octet-stream")
        .body(content)
        .patch(upload);
  }

  private long offset(String upload) {
    return Long.parseLong(tus().head(upload).header("Upload-Offset"));
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  @Test
  void whatCameBeforeTheConnectionBrokeCounts() throws IOException {
    byte[] content = bytes(1_000_000);
    String upload = begun(content.length);
    try (Socket client = new Socket(service.getHost(), service.getPort())) {
      OutputStream out = client.getOutputStream();
      out.write(
          """
          PATCH %s HTTP/1.1\r
          Host: localhost\r
          Authorization: Bearer %s\r
          Tus-Resumable: 1.0.0\r
          Upload-Offset: 0\r
          Content-Type: application/offset+octet-stream\r
          Content-Length: %d\r
          \r
          """
              .formatted(upload, ada.token(), content.length)
              .getBytes(UTF_8));
      out.write(content, 0, 600_000);
      out.flush();
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> offset(upload) > 0);
    int stands = (int) offset(upload);
    assertThat(stands).isBetween(1, 600_000);

    append(upload, stands, Arrays.copyOfRange(content, stands, content.length))
        .then()
        .statusCode(204);

    assertThat(ada.get(fileOf(upload) + "/content").asByteArray()).isEqualTo(content);
    assertThat(
            ada.request()
                .header("Range", "bytes=" + (stands - 5) + "-" + (stands + 4))
                .get(fileOf(upload) + "/content")
                .asByteArray())
        .isEqualTo(Arrays.copyOfRange(content, stands - 5, stands + 5));
  }

  @Test
  void ofSeveralThatGoOnAtTheSamePlaceOneCounts() throws Exception {
    byte[] content = bytes(400_000);
    String upload = begun(content.length);
    byte[] half = Arrays.copyOf(content, 200_000);
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> attempt = () -> append(upload, 0, half).statusCode();
      List<Integer> answers =
          clients.invokeAll(List.of(attempt, attempt, attempt, attempt)).stream()
              .map(Future::resultNow)
              .toList();
      assertThat(answers).containsOnlyOnce(204).containsOnly(204, 409);
    }
    append(upload, 200_000, Arrays.copyOfRange(content, 200_000, 400_000)).then().statusCode(204);
    assertThat(ada.get(fileOf(upload) + "/content").asByteArray()).isEqualTo(content);
  }

  @Test
  void anEmptyUploadIsAFileAtOnce() {
    String upload = begun(0);
    ada.get(fileOf(upload)).then().statusCode(200).body("size", equalTo(0));
    assertThat(ada.get(fileOf(upload) + "/content").asByteArray()).isEmpty();
  }

  @Test
  void anUploadThatACrashKeptFromBecomingAFileBecomesOneWhenItsClientAsks() {
    String upload = begun(5);
    append(upload, 0, "Hello".getBytes(UTF_8)).then().statusCode(204);
    UUID id = UUID.fromString(fileOf(upload).substring("/api/files/".length()));
    sql.update(Statement.of("update upload set file_id = null where id = ?", id));
    sql.update(Statement.of("delete from file where id = ?", id));

    assertThat(offset(upload)).isEqualTo(5);

    ada.get(fileOf(upload) + "/content").then().statusCode(200).body(equalTo("Hello"));
  }

  @Test
  void moreThanAnnouncedIsRefusedAndNothingOfIt() {
    String upload = begun(5);
    append(upload, 0, "Hello, garden".getBytes(UTF_8)).then().statusCode(413);
    assertThat(offset(upload)).isZero();
  }

  @Test
  void whatIsUnderWayTakesItsPartOfTheQuota() {
    String upload = begun(4 << 20);
    begin(4 << 20).then().statusCode(413).body("code", equalTo("quota_exceeded"));
    tus().delete(upload).then().statusCode(204);
    begun(4 << 20);
  }

  @Test
  void whatIsGivenUpLeavesNothingInTheStore() throws IOException {
    String upload = begun(1_000);
    append(upload, 0, bytes(100)).then().statusCode(204);
    append(upload, 100, bytes(100)).then().statusCode(204);
    UUID id = UUID.fromString(fileOf(upload).substring("/api/files/".length()));
    List<Path> pieces = pieces(id);
    assertThat(pieces).hasSize(2).allMatch(Files::exists);

    tus().delete(upload).then().statusCode(204);
    orphans.collect();

    assertThat(pieces).noneMatch(Files::exists);
    tus().head(upload).then().statusCode(404);
  }

  @Test
  void whatNobodyGoesOnWithIsGivenUp() throws IOException {
    String upload = begun(1_000);
    append(upload, 0, bytes(100)).then().statusCode(204);
    UUID id = UUID.fromString(fileOf(upload).substring("/api/files/".length()));
    List<Path> pieces = pieces(id);
    sql.update(
        Statement.of("update upload set created_at = now() - interval '2 days' where id = ?", id));

    orphans.collect();

    assertThat(pieces).hasSize(1).noneMatch(Files::exists);
    tus().head(upload).then().statusCode(404);
  }

  @Test
  void aDeletedFileLeavesNothingInTheStore() throws IOException {
    String upload = begun(100);
    append(upload, 0, bytes(100)).then().statusCode(204);
    UUID id = UUID.fromString(fileOf(upload).substring("/api/files/".length()));
    List<Path> pieces = pieces(id);
    ada.request().delete(fileOf(upload)).then().statusCode(204);

    orphans.collect();

    assertThat(pieces).hasSize(1).noneMatch(Files::exists);
  }

  private List<Path> pieces(UUID file) {
    return sql.list(
        Statement.of("select key from file_part where file_id = ?", file),
        row -> {
          String key = row.getString("key");
          return Path.of("target/files", key.substring(key.length() - 2), key);
        });
  }

  @Test
  void theProtocolIsSpokenAsItIsWritten() throws IOException {
    String upload = begun(10);
    tus().head(upload).then().header("Cache-Control", "no-store").header("Upload-Length", "10");
    tus()
        .header("Upload-Offset", "0")
        .contentType("text/plain")
        .body("x")
        .patch(upload)
        .then()
        .statusCode(415);
    tus()
        .header("Upload-Offset", "one")
        .contentType("application/offset+octet-stream")
        .body(new byte[1])
        .patch(upload)
        .then()
        .statusCode(400);
    begin(1L << 40).then().statusCode(413);
    tus().header("Upload-Length", "-1").post("/api/files/uploads").then().statusCode(400);
    try (InputStream answer = tus().options("/api/files/uploads").asInputStream()) {
      assertThat(answer.readAllBytes()).isEmpty();
    }
  }
}
