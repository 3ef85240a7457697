package dev.autopilot.projects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.autopilot.projects.file.text.Documents;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

/** The life of files as their owner sees it, wherever they lie and whatever runs the service. */
public record FileJourney(Person ada) {

  public void run() {
    theirTextIsReadAndFound();
    brokenOnesDoNoHarm();
    whatTheyAreTheirBytesSay();
    resumedOnesAreWhole();
  }

  private String upload(String name, byte[] content, String type) {
    return ada.request()
        .multiPart("file", name, content)
        .post("/api/files")
        .then()
        .statusCode(201)
        .body("contentType", equalTo(type))
        .extract()
        .path("id");
  }

  private void awaitStatus(String id, String status) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> ada.get("/api/files/" + id).then().body("textStatus", equalTo(status)));
  }

  private void theirTextIsReadAndFound() {
    reads("a.pdf", Documents.pdf("Wisteria climbs slowly."), "application/pdf", "wisteria");
    reads("b", Documents.word("Peonies dislike being moved."), Documents.WORD, "peonies");
    reads(
        "c",
        "<!DOCTYPE html><html><p>Clematis</p></html>".getBytes(UTF_8),
        "text/html",
        "clematis");
    reads("d", Documents.sheet("Hydrangea"), Documents.SHEET, "hydrangea");
    reads("e", Documents.slide("Forsythia"), Documents.SLIDES, "forsythia");
    reads("f", Documents.openText("Hellebore"), Documents.OPEN_TEXT, "hellebore");
    reads("g.md", "# Lavender\n".getBytes(UTF_8), "text/plain", "lavender");
  }

  private void reads(String name, byte[] content, String type, String word) {
    String id = upload(name, content, type);
    awaitStatus(id, "ready");
    assertThat(ada.get("/api/files/" + id + "/text").asString()).containsIgnoringCase(word);
    ada.get("/api/files", "q", word).then().body("items.id", contains(id));
    assertThat(ada.get("/api/files/" + id + "/content").asByteArray()).isEqualTo(content);
    assertThat(
            ada.request()
                .header("Range", "bytes=3-9")
                .get("/api/files/" + id + "/content")
                .asByteArray())
        .isEqualTo(Arrays.copyOfRange(content, 3, 10));
    ada.request().delete("/api/files/" + id).then().statusCode(204);
  }

  private void brokenOnesDoNoHarm() {
    awaitStatus(upload("a", "%PDF-1.7 nothing".getBytes(UTF_8), "application/pdf"), "failed");
    byte[] broken = Documents.archive("word/document.xml", "<w><t>a</w>");
    awaitStatus(upload("b", broken, Documents.WORD), "failed");
    byte[] laughing =
        Documents.archive("word/document.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><w><t>&b;</t></w>");
    awaitStatus(upload("c", laughing, Documents.WORD), "failed");
  }

  private void whatTheyAreTheirBytesSay() {
    byte[] png = Base64.getDecoder().decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ");
    awaitStatus(upload("page.html", png, "image/png"), "none");
  }

  private void resumedOnesAreWhole() {
    byte[] content = new byte[500_000];
    new Random(1).nextBytes(content);
    String location =
        ada.request()
            .header("Tus-Resumable", "1.0.0")
            .header("Upload-Length", content.length)
            .header("Upload-Metadata", "filename bW92aWU=")
            .post("/api/files/uploads")
            .header("Location");
    String upload = location.substring(location.indexOf("/api"));
    for (int offset = 0; offset < content.length; offset += 200_000) {
      ada.request()
          .header("Tus-Resumable", "1.0.0")
          .header("Upload-Offset", offset)
          .contentType("application/offset+octet-stream")
          .body(Arrays.copyOfRange(content, offset, Math.min(offset + 200_000, content.length)))
          .patch(upload)
          .then()
          .statusCode(204);
    }
    String file = "/api/files/" + upload.substring(upload.lastIndexOf('/') + 1);
    assertThat(ada.get(file + "/content").asByteArray()).isEqualTo(content);
    assertThat(
            ada.request()
                .header("Range", "bytes=199990-200009")
                .get(file + "/content")
                .asByteArray())
        .isEqualTo(Arrays.copyOfRange(content, 199_990, 200_010));
  }
}
