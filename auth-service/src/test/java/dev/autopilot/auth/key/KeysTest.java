package dev.autopilot.auth.key;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.autopilot.auth.AtOnce;
import dev.autopilot.auth.MovableClock;
import dev.autopilot.auth.Person;
import dev.autopilot.auth.Tables;
import dev.autopilot.testkit.WithServers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithServers
class KeysTest {
  @Inject KeyRing ring;
  @Inject KeyRotation rotation;
  @Inject KeySettings settings;
  @Inject MovableClock clock;
  @Inject Tables tables;

  @AfterEach
  void startOver() {
    clock.reset();
    replaceKeys();
  }

  @Test
  void thePublishedKeysSayHowTheyAreUsedAndNothingPrivate() {
    given()
        .get("/.well-known/jwks.json")
        .then()
        .statusCode(200)
        .header("Cache-Control", equalTo("public, max-age=60"))
        .body("keys", hasSize(1))
        .body("keys.kty", everyItem(equalTo("EC")))
        .body("keys.crv", everyItem(equalTo("P-256")))
        .body("keys.alg", everyItem(equalTo("ES256")))
        .body("keys.use", everyItem(equalTo("sig")))
        .body("keys.d", everyItem(nullValue()));
  }

  @Test
  void replicasThatStartTogetherMakeOneKey() {
    QuarkusTransaction.requiringNew().run(() -> rotation.deleteAll());

    AtOnce.run(
        8,
        () -> {
          rotation.rotate();
          return true;
        });

    assertThat(rotation.usable()).hasSize(1);
  }

  @Test
  void aSuccessorIsPublishedBeforeItSignsAndThePredecessorAfterItSigned() {
    String first = ring.signer().kid();

    clock.advance(settings.rotation().minus(settings.lead()).plusSeconds(1));
    ring.rotate();
    assertThat(published()).hasSize(2).contains(first);
    assertThat(ring.signer().kid()).as("until its time has come").isEqualTo(first);

    clock.advance(settings.lead());
    String second = ring.signer().kid();
    assertThat(second).isNotEqualTo(first);
    assertThat(published()).contains(first, second);

    clock.advance(settings.overlap().plusSeconds(60));
    ring.rotate();
    assertThat(published()).containsExactly(second);
  }

  @Test
  void aTokenOfTheLastKeyIsStillGoodWhenTheNextOneSigns() {
    Person ada = Person.register();

    clock.advance(settings.rotation());
    ring.rotate();
    clock.reset();

    ada.request().get("/api/auth/me").then().statusCode(200);
  }

  @Test
  void rotatingTwiceChangesNothing() {
    List<String> before = rotation.usable().stream().map(SigningKeyPair::kid).toList();

    ring.rotate();
    ring.rotate();

    assertThat(rotation.usable()).extracting(SigningKeyPair::kid).isEqualTo(before);
  }

  @Test
  void aKeyThatAnotherMasterKeySealedIsNeitherUsedNorPublishedAndAnotherIsMade() {
    String before = ring.signer().kid();
    tables.change(
        "update signing_key set private_key = regexp_replace(private_key, '^v1:[0-9a-f]+', 'v1:00000000')");

    ring.rotate();

    assertThat(published()).hasSize(1).doesNotContain(before);
    assertThat(ring.signer().kid()).isNotEqualTo(before);
  }

  @Test
  void thePrivateKeyIsNotReadableInTheTable() {
    String kid = ring.signer().kid();
    String stored =
        (String) tables.value("select private_key from signing_key where kid = ?1", kid);

    byte[] encoded = ring.signer().privateKey().getEncoded();
    assertThat(stored)
        .startsWith("v1:")
        .doesNotContain(java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(encoded));
  }

  private Set<String> published() {
    return ring.published().stream().map(SigningKeyPair::kid).collect(Collectors.toSet());
  }

  private void replaceKeys() {
    QuarkusTransaction.requiringNew().run(() -> rotation.deleteAll());
    ring.rotate();
  }
}
