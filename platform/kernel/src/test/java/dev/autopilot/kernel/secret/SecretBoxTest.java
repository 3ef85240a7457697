package dev.autopilot.kernel.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SecretBoxTest {
  private static final byte[] SECRET = "whsec_c2VjcmV0".getBytes(UTF_8);

  private final SecretBox box;

  SecretBoxTest(SecretBox box) {
    this.box = box;
  }

  @Test
  void whatWasSealedCanBeHadAgain() {
    String sealed = box.seal("test", "row 1", SECRET);

    assertThat(sealed).matches("v1:[0-9a-f]{8}:[A-Za-z0-9_-]+").doesNotContain("whsec");
    assertThat(box.open("test", "row 1", sealed)).isEqualTo(SECRET);
  }

  @Test
  void theSameIsNeverSealedTheSame() {
    assertThat(box.seal("test", "row 1", SECRET)).isNotEqualTo(box.seal("test", "row 1", SECRET));
  }

  @Test
  void itOpensForNothingElse() {
    String sealed = box.seal("test", "row 1", SECRET);

    assertThatThrownBy(() -> box.open("test", "row 2", sealed))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> box.open("other", "row 1", sealed))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void tamperingIsNoticed() {
    String sealed = box.seal("test", "row 1", SECRET);
    char last = sealed.charAt(20);
    String changed = sealed.substring(0, 20) + (last == 'A' ? 'B' : 'A') + sealed.substring(21);

    assertThatThrownBy(() -> box.open("test", "row 1", changed))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anotherMasterKeyIsNamedAsTheReason() {
    String sealed = box.seal("test", "row 1", SECRET).replaceFirst(":[0-9a-f]{8}:", ":00000000:");

    assertThatThrownBy(() -> box.open("test", "row 1", sealed))
        .hasMessageContaining("00000000")
        .hasMessageContaining("SECRET_KEY");
  }
}
