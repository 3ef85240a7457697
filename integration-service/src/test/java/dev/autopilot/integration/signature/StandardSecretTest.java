package dev.autopilot.integration.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardSecretTest {
  @Test
  void aGeneratedOneIsValidAndNeverTheSame() {
    SecureRandom random = new SecureRandom();
    String one = StandardSecret.generate(random);

    assertThat(one).startsWith("whsec_").isNotEqualTo(StandardSecret.generate(random));
    assertThat(StandardSecret.isValid(one)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "whsec_",
        "whsec_c2hvcnQ=",
        "whsec_not base64 but long enough to be one",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa"
      })
  void shortOrMalformedOnesAreNone(String secret) {
    assertThat(StandardSecret.isValid(secret)).isFalse();
  }
}
