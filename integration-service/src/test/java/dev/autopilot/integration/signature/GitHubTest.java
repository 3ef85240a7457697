package dev.autopilot.integration.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector is of GitHub's documentation, “Validating webhook deliveries”. */
class GitHubTest {
  private static final String BODY = "Hello, World!";
  private static final String SIGNATURE =
      "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
  private static final Freshness NOW = new Freshness(Instant.EPOCH, Duration.ofMinutes(5));

  private final Signature gitHub =
      Signature.of(Scheme.GITHUB, "It's a Secret to Everybody", null, null);

  @Test
  void believesThePublishedVector() {
    assertThat(check(BODY, SIGNATURE)).isInstanceOf(Verdict.Genuine.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e18",
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e",
        "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
        "sha1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
        "sha256=zz",
        "sha256=",
        ""
      })
  void aSignatureThatIsNotRightIsNotBelieved(String signature) {
    assertThat(check(BODY, signature)).isEqualTo(Verdict.refused(Refusal.SIGNATURE_WRONG));
  }

  @Test
  void everyByteOfTheBodyIsSigned() {
    assertThat(check("Hello, World", SIGNATURE))
        .isEqualTo(Verdict.refused(Refusal.SIGNATURE_WRONG));
  }

  @Test
  void theOldHeaderAloneIsNotEnough() {
    assertThat(gitHub.check(An.arrival(BODY, "X-Hub-Signature", "sha1=00"), NOW))
        .isEqualTo(Verdict.refused(Refusal.SIGNATURE_MISSING));
  }

  @Test
  void aDeliveryThatIsSentAgainKeepsItsId() {
    assertThat(check(BODY, SIGNATURE))
        .isEqualTo(new Verdict.Genuine(DeliveryKey.of("72d3162e", An.arrival(BODY))));
  }

  private Verdict check(String body, String signature) {
    return gitHub.check(
        An.arrival(body, "X-GitHub-Delivery", "72d3162e", "X-Hub-Signature-256", signature), NOW);
  }
}
