package dev.autopilot.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The reference client of tus uploads through the gateway, is cut off, and goes on. */
@ExtendWith(WholeSuite.class)
class ResumableUploadTest {
  private static final int SIZE = 24 << 20;

  private final Person ada;

  @TempDir Path folder;
  private Path film;

  ResumableUploadTest(Client anybody) {
    this.ada = Person.signUp(anybody);
    this.film = Path.of("");
  }

  @BeforeEach
  void shoot() throws IOException {
    TusClient.requireNode();
    byte[] bytes = new byte[SIZE];
    new Random(24).nextBytes(bytes);
    film = Files.write(folder.resolve("film.bin"), bytes);
  }

  private TusClient client() throws IOException, InterruptedException {
    return TusClient.installed(
        ada.client().gateway().resolve("/api/files/uploads"), ada.accessToken());
  }

  @Test
  void aConnectionThatIsCutCostsOnlyWhatWasOnItsWay() throws Exception {
    TusClient.Run run =
        client().upload(film, folder.resolve("store.json"), "--cut=6000000,14000000");

    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(run.events("cut")).as(run.toString()).hasSize(2);
    // Asked before the server has noticed the cut, it knows of less, and is asked once more.
    assertThat(offsetsResumedAt(run))
        .hasSizeGreaterThanOrEqualTo(2)
        .isSorted()
        .allMatch(offset -> offset < SIZE)
        .last(LONG)
        .isPositive();
    assertIsTheFilm(run);
  }

  @Test
  void aClientThatIsKilledGoesOnWhenItIsStartedAgain() throws Exception {
    TusClient client = client();
    Path store = folder.resolve("store.json");

    TusClient.Run killed = client.upload(film, store, "--die=10000000");
    assertThat(killed.exitCode()).as(killed.toString()).isEqualTo(128 + 9);

    TusClient.Run again = client.upload(film, store);
    assertThat(again.exitCode()).as(again.toString()).isZero();
    assertThat(again.answers("POST")).isEmpty();
    // Asked before the server has noticed that the first is gone, it knows of less; what is then
    // sent from there is refused, and the client asks again.
    assertThat(offsetsResumedAt(again).getLast()).isPositive().isLessThan(SIZE);
    assertIsTheFilm(again);
  }

  private static List<Long> offsetsResumedAt(TusClient.Run run) {
    return run.answers("HEAD").stream().map(answer -> answer.path("offset").asLong()).toList();
  }

  private void assertIsTheFilm(TusClient.Run run)
      throws IOException, InterruptedException, GeneralSecurityException {
    String url = run.events("done").getFirst().path("url").asText();
    String id = url.substring(url.lastIndexOf('/') + 1);
    JsonNode file = ada.client().get("/api/files/" + id).expect(200).json();
    String hash = sha256(Files.newInputStream(film));

    assertThat(file.path("name").asText()).isEqualTo("film.bin");
    assertThat(file.path("size").asLong()).isEqualTo(SIZE);
    assertThat(file.path("sha256").asText()).isEqualTo(hash);
    assertThat(sha256(content(id))).isEqualTo(hash);
  }

  private InputStream content(String id) throws IOException, InterruptedException {
    URI address = ada.client().gateway().resolve("/api/files/" + id + "/content");
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + ada.accessToken())
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      byte[] content = http.send(request, BodyHandlers.ofByteArray()).body();
      return new java.io.ByteArrayInputStream(content);
    }
  }

  private static String sha256(InputStream content) throws IOException, GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (content) {
      byte[] buffer = new byte[1 << 16];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
