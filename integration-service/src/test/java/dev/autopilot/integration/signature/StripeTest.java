package dev.autopilot.integration.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stripe publishes no vector; this one was computed by openssl, following its documentation. */
class StripeTest {
  private static final String BODY =
      "{\"id\":\"evt_1NG8Du2eZvKYlo2CUI79vXWy\",\"object\":\"event\"}";
  private static final String RIGHT =
      "88488ba79d3989d64b42f02cb6ea706feca75243987d0b43e1b59c82183ad39b";
  private static final String WRONG =
      "0000000000000000000000000000000000000000000000000000000000000000";
  private static final long SENT = 1_686_089_970;

  private final Signature stripe = Signature.of(Scheme.STRIPE, "whsec_test_secret", null, null);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "t=1686089970,v1=" + RIGHT,
        "t=1686089970, v1=" + RIGHT + ", v0=6ffbb59b",
        "v1=" + RIGHT + ",t=1686089970",
        "t=1686089970,v1=" + WRONG + ",v1=" + RIGHT
      })
  void believesWhatIsSignedWithTheSecret(String signature) {
    assertThat(check(SENT, signature, BODY)).isInstanceOf(Verdict.Genuine.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"t=1686089970,v1=" + WRONG, "t=1686089971,v1=" + RIGHT, "t=1686089970,v1=xyz"})
  void aSignatureThatIsNotRightIsNotBelieved(String signature) {
    assertThat(check(SENT, signature, BODY)).isEqualTo(Verdict.refused(Refusal.SIGNATURE_WRONG));
  }

  @ParameterizedTest
  @ValueSource(strings = {"t=1686089970", "v1=" + RIGHT, "t=1686089970,v0=" + RIGHT, "", "garbage"})
  void timestampAndSignatureAreBothNeeded(String signature) {
    assertThat(check(SENT, signature, BODY)).isEqualTo(Verdict.refused(Refusal.SIGNATURE_MISSING));
  }

  @ParameterizedTest
  @CsvSource({"300, true", "301, false", "-301, false"})
  void anOldSignatureIsNotBelieved(long later, boolean believed) {
    assertThat(check(SENT + later, "t=1686089970,v1=" + RIGHT, BODY) instanceof Verdict.Genuine)
        .isEqualTo(believed);
  }

  @Test
  void theBodyIsSigned() {
    assertThat(check(SENT, "t=1686089970,v1=" + RIGHT, BODY + " "))
        .isEqualTo(Verdict.refused(Refusal.SIGNATURE_WRONG));
  }

  @Test
  void aRetryIsKnownByTheEventThoughItsSignatureIsNew() {
    assertThat(check(SENT, "t=1686089970,v1=" + RIGHT, BODY))
        .isEqualTo(
            new Verdict.Genuine(
                DeliveryKey.of("evt_1NG8Du2eZvKYlo2CUI79vXWy", An.arrival("another body"))));
  }

  private Verdict check(long now, String signature, String body) {
    return stripe.check(
        An.arrival(body, "Stripe-Signature", signature),
        new Freshness(Instant.ofEpochSecond(now), Duration.ofMinutes(5)));
  }
}
