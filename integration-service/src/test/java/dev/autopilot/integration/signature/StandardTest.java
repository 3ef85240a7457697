package dev.autopilot.integration.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector is the one that the libraries of Standard Webhooks are tested with. */
class StandardTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final String BODY = "{\"test\": 2432232314}";
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  private static final long SENT = 1_614_265_330;

  private final Signature standard = Signature.of(Scheme.STANDARD, SECRET, null, null);

  @Test
  void believesThePublishedVector() {
    assertThat(check(SENT, ID, Long.toString(SENT), SIGNATURE, BODY))
        .isInstanceOf(Verdict.Genuine.class);
  }

  @Test
  void believesItWithoutThePrefixOfTheSecretToo() {
    Signature bare = Signature.of(Scheme.STANDARD, SECRET.substring(6), null, null);

    assertThat(bare.check(arrival(ID, Long.toString(SENT), SIGNATURE, BODY), at(SENT)))
        .isInstanceOf(Verdict.Genuine.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= " + SIGNATURE,
        SIGNATURE + " v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw== v1,not-base64 " + SIGNATURE
      })
  void oneRightSignatureAmongSeveralIsEnough(String signatures) {
    assertThat(check(SENT, ID, Long.toString(SENT), signatures, BODY))
        .isInstanceOf(Verdict.Genuine.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v1,G0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1O",
        "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,",
        "v1",
        ""
      })
  void aSignatureThatIsNotRightIsNotBelieved(String signature) {
    assertThat(check(SENT, ID, Long.toString(SENT), signature, BODY))
        .isEqualTo(Verdict.refused(Refusal.SIGNATURE_WRONG));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "msg_another                  | 1614265330 | {\"test\": 2432232314}",
        "msg_p5jXN8AQM9LWM0D4loKWxJek | 1614265331 | {\"test\": 2432232314}",
        "msg_p5jXN8AQM9LWM0D4loKWxJek | 1614265330 | {\"test\":2432232314}"
      })
  void idTimestampAndEveryByteOfTheBodyAreSigned(String id, String timestamp, String body) {
    assertThat(check(SENT, id, timestamp, SIGNATURE, body))
        .isEqualTo(Verdict.refused(Refusal.SIGNATURE_WRONG));
  }

  @ParameterizedTest
  @CsvSource({"-300, true", "300, true", "-301, false", "301, false"})
  void fiveMinutesEitherWayAreBelieved(long later, boolean believed) {
    Verdict verdict = check(SENT + later, ID, Long.toString(SENT), SIGNATURE, BODY);

    if (believed) {
      assertThat(verdict).isInstanceOf(Verdict.Genuine.class);
    } else {
      assertThat(verdict).isEqualTo(Verdict.refused(Refusal.TIMESTAMP_NOT_ACCEPTED));
    }
  }

  @Test
  void allThreeHeadersAreNeeded() {
    String timestamp = Long.toString(SENT);
    assertThat(
            standard.check(
                An.arrival(BODY, "webhook-id", ID, "webhook-timestamp", timestamp), at(SENT)))
        .isEqualTo(Verdict.refused(Refusal.SIGNATURE_MISSING));
    assertThat(
            standard.check(
                An.arrival(BODY, "webhook-id", ID, "webhook-signature", SIGNATURE), at(SENT)))
        .isEqualTo(Verdict.refused(Refusal.SIGNATURE_MISSING));
    assertThat(
            standard.check(
                An.arrival(BODY, "webhook-timestamp", timestamp, "webhook-signature", SIGNATURE),
                at(SENT)))
        .isEqualTo(Verdict.refused(Refusal.SIGNATURE_MISSING));
  }

  @Test
  void theIdIsWhatTellsDeliveriesApart() {
    Verdict first = check(SENT, ID, Long.toString(SENT), SIGNATURE, BODY);

    assertThat(first)
        .isEqualTo(new Verdict.Genuine(DeliveryKey.of(ID, An.arrival("something else entirely"))));
  }

  private Verdict check(long now, String id, String timestamp, String signature, String body) {
    return standard.check(arrival(id, timestamp, signature, body), at(now));
  }

  private static Arrival arrival(String id, String timestamp, String signature, String body) {
    return An.arrival(
        body, "Webhook-Id", id, "Webhook-Timestamp", timestamp, "Webhook-Signature", signature);
  }

  private static Freshness at(long now) {
    return new Freshness(Instant.ofEpochSecond(now), Duration.ofMinutes(5));
  }
}
