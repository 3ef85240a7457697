package dev.autopilot.projects.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.autopilot.projects.Person;
import dev.autopilot.testkit.Contracts;
import dev.autopilot.testkit.EventProbe;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class FileResourceTest {
  private final Person ada = Person.anyone();

  @Inject CollectOrphans orphans;

  private Response upload(String name, byte[] content) {
    return ada.request().multiPart("file", name, content, "text/plain").post("/api/files");
  }

  @Test
  void aFileIsKeptGivenBackAndDeletedAndEachIsTold() throws Exception {
    try (EventProbe events = EventProbe.on("projects.events.v1")) {
      String id =
          upload("../../etc/Garden & x.txt", "Hello, garden".getBytes(UTF_8))
              .then()
              .statusCode(201)
              .body("name", equalTo("Garden & x.txt"))
              .body("size", equalTo(13))
              .body("contentType", equalTo("text/plain"))
              .body("sha256", equalTo(sha256("Hello, garden")))
              .extract()
              .path("id");
      ada.get("/api/files/" + id + "/content")
          .then()
          .statusCode(200)
          .body(equalTo("Hello, garden"))
          .header("Content-Disposition", startsWith("attachment; filename=\"Garden _ x.txt\""))
          .header("Content-Disposition", containsString("filename*=UTF-8''Garden%20%26%20x.txt"))
          .header("X-Content-Type-Options", "nosniff");
      ada.get("/api/files").then().body("items.id", contains(id));
      ada.request().delete("/api/files/" + id).then().statusCode(204);
      ada.get("/api/files/" + id).then().statusCode(404);
      orphans.collect();

      Contracts.assertKept(events.await("projects.file.created", e -> e.key().equals(id)));
      Contracts.assertKept(events.await("projects.file.deleted", e -> e.key().equals(id)));
    }
  }

  private static String sha256(String text) throws GeneralSecurityException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }

  @Test
  void rangesAndConditionsAreHonoured() {
    Response file = upload("a.txt", "0123456789".getBytes(UTF_8));
    String path = "/api/files/" + file.path("id") + "/content";
    String tag = "\"" + file.path("sha256") + "\"";

    range(path, "bytes=2-4").then().statusCode(206).body(equalTo("234"));
    range(path, "bytes=7-")
        .then()
        .statusCode(206)
        .header("Content-Range", "bytes 7-9/10")
        .body(equalTo("789"));
    range(path, "bytes=-3").then().statusCode(206).body(equalTo("789"));
    range(path, "bytes=10-").then().statusCode(416).header("Content-Range", "bytes */10");
    range(path, "nonsense").then().statusCode(200).body(equalTo("0123456789"));
    ada.request().header("If-None-Match", tag).get(path).then().statusCode(304);
    ada.request()
        .header("Range", "bytes=0-1")
        .header("If-Range", "\"other\"")
        .get(path)
        .then()
        .statusCode(200);
  }

  @Test
  void anUploadThatIsSentAgainWithItsKeyIsOneFile() {
    String key = UUID.randomUUID().toString();
    byte[] most = new byte[4 * 1024 * 1024];

    Response first = uploadOnce(key, "a.bin", most);
    Response again = uploadOnce(key, "a.bin", most);

    first.then().statusCode(201).header("Idempotency-Replayed", (String) null);
    again
        .then()
        .statusCode(201)
        .header("Idempotency-Replayed", "true")
        .header("Location", first.header("Location"));
    assertThat(again.asByteArray()).isEqualTo(first.asByteArray());
    uploadOnce(key, "a.bin", "other".getBytes(UTF_8))
        .then()
        .statusCode(422)
        .body("code", equalTo("idempotency_key_reused"));
    uploadOnce(key, "b.bin", most).then().statusCode(422);
    ada.get("/api/files").then().body("items.id", contains(first.<String>path("id")));
    ada.get("/api/files/" + first.path("id") + "/content").then().statusCode(200);
  }

  private Response uploadOnce(String key, String name, byte[] content) {
    return ada.request()
        .header("Idempotency-Key", key)
        .multiPart("file", name, content, "text/plain")
        .post("/api/files");
  }

  @Test
  void aFileIsTaggedAndDeletedOnlyAsWhatItWasTakenFor() {
    Response made = upload("a.txt", "a".getBytes(UTF_8));
    String path = "/api/files/" + made.path("id");
    String tag = "\"" + made.path("sha256") + "\"";

    made.then().header("ETag", tag);
    ada.get(path).then().statusCode(200).header("ETag", tag);
    ada.request()
        .header("If-Match", "\"other\"")
        .delete(path)
        .then()
        .statusCode(412)
        .header("ETag", tag)
        .body("code", equalTo("precondition_failed"));
    ada.get(path).then().statusCode(200);
    ada.request().header("If-Match", tag).delete(path).then().statusCode(204);
    ada.get(path).then().statusCode(404);
  }

  private Response range(String path, String range) {
    return ada.request().header("Range", range).get(path);
  }

  @Test
  void whatAFileIsTheBytesSayAndNotItsName() {
    byte[] png = Base64.getDecoder().decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ");
    upload("page.html", png).then().body("contentType", equalTo("image/png"));
  }

  @Test
  void filesOfAProjectAreItsMembers() {
    String project = ada.project();
    Person eve = Person.anyone();
    String id =
        ada.request()
            .multiPart("file", "a.txt", "a".getBytes(UTF_8))
            .multiPart("projectId", project)
            .post("/api/files")
            .path("id");
    String own = upload("b.txt", "b".getBytes(UTF_8)).path("id");

    eve.get("/api/files/" + id).then().statusCode(404);
    ada.post("/api/projects/" + project + "/members", Map.of("userId", eve.id(), "role", "viewer"));
    eve.get("/api/files/" + id + "/content").then().statusCode(200);
    eve.get("/api/files", "projectId", project).then().body("items.id", contains(id));
    eve.request().delete("/api/files/" + id).then().statusCode(403);
    eve.get("/api/files/" + own).then().statusCode(404);
  }

  @Test
  void sizeAndQuotaAreBounded() {
    upload("big", new byte[5 * 1024 * 1024 + 1]).then().statusCode(413);
    upload("a", new byte[4 * 1024 * 1024]).then().statusCode(201);
    upload("b", new byte[4 * 1024 * 1024])
        .then()
        .statusCode(413)
        .body("code", equalTo("quota_exceeded"));
  }

  @Test
  void anUploadGoesOnWhereItBrokeOff() {
    byte[] content = new byte[300_000];
    new Random(1).nextBytes(content);
    String path =
        tus()
            .header("Upload-Length", content.length)
            .header(
                "Upload-Metadata",
                "filename " + Base64.getEncoder().encodeToString("movie.bin".getBytes(UTF_8)))
            .post("/api/files/uploads")
            .then()
            .statusCode(201)
            .extract()
            .header("Location");
    String upload = path.substring(path.indexOf("/api"));
    String id = upload.substring(upload.lastIndexOf('/') + 1);

    append(upload, 0, Arrays.copyOf(content, 100_000))
        .then()
        .statusCode(204)
        .header("Upload-Offset", "100000");
    append(upload, 50, new byte[10]).then().statusCode(409);
    assertThat(tus().head(upload).header("Upload-Offset")).isEqualTo("100000");
    ada.get("/api/files/" + id).then().statusCode(404);
    append(upload, 100_000, Arrays.copyOfRange(content, 100_000, content.length))
        .then()
        .statusCode(204);

    assertThat(ada.get("/api/files/" + id + "/content").asByteArray()).isEqualTo(content);
    Person.anyone().request().header("Tus-Resumable", "1.0.0").head(upload).then().statusCode(404);
    ada.request().head(upload).then().statusCode(412);
    ada.request().options("/api/files/uploads").then().header("Tus-Version", "1.0.0");
  }

  private RequestSpecification tus() {
    return ada.request().header("Tus-Resumable", "1.0.0");
  }

  private Response append(String upload, int offset, byte[] content) {
    return tus()
        .header("Upload-Offset", offset)
        .contentType("application/offset+octet-stream")
        .body(content)
        .patch(upload);
  }
}
