package dev.autopilot.integration.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector is test case 2 of RFC 4231. */
class PlainHmacTest {
  private static final String BODY = "what do ya want for nothing?";
  private static final Freshness NOW = new Freshness(Instant.EPOCH, Duration.ofMinutes(5));

  private final Signature hmac = Signature.of(Scheme.HMAC, "Jefe", "X-My-Signature", "X-My-Id");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843",
        "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="
      })
  void believesThePublishedVectorInEitherEncoding(String signature) {
    assertThat(check(BODY, signature)).isInstanceOf(Verdict.Genuine.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3844",
        "X9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=",
        "neither hex nor base64",
        ""
      })
  void aSignatureThatIsNotRightIsNotBelieved(String signature) {
    assertThat(check(BODY, signature)).isEqualTo(Verdict.refused(Refusal.SIGNATURE_WRONG));
  }

  @Test
  void onlyTheChosenHeaderCounts() {
    assertThat(hmac.check(An.arrival(BODY, "X-Signature", "5bdcc146"), NOW))
        .isEqualTo(Verdict.refused(Refusal.SIGNATURE_MISSING));
  }

  @Test
  void withoutAnIdTheContentTellsDeliveriesApartAndOnlyForAWhile() {
    DeliveryKey one = key(BODY);

    assertThat(one.lasting()).isFalse();
    assertThat(one).isEqualTo(key(BODY)).isNotEqualTo(key(BODY + "!"));
    assertThat(DeliveryKey.of("an id", An.arrival(BODY)).lasting()).isTrue();
  }

  @Test
  void aSecretThatIsAwaitedBelievesNobody() {
    assertThat(Signature.of(Scheme.STRIPE, null, null, null).check(An.arrival(BODY), NOW))
        .isEqualTo(Verdict.refused(Refusal.SECRET_NOT_SET));
  }

  private static DeliveryKey key(String body) {
    Signature none = Signature.of(Scheme.NONE, null, null, "X-My-Id");
    Verdict verdict = none.check(An.arrival(body, "X-My-Id", " "), NOW);
    return ((Verdict.Genuine) verdict).key();
  }

  private Verdict check(String body, String signature) {
    return hmac.check(An.arrival(body, "x-my-signature", signature), NOW);
  }
}
