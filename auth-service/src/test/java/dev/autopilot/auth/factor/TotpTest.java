package dev.autopilot.auth.factor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
  private final Totp totp = new Totp();

  /** RFC 6238, appendix B, for SHA-1; its eight digits end in our six. */
  @ParameterizedTest
  @CsvSource({
    "59,94287082",
    "1111111109,07081804",
    "1111111111,14050471",
    "1234567890,89005924",
    "2000000000,69279037",
    "20000000000,65353130"
  })
  void agreesWithTheRfc(long time, String eightDigits) {
    String code = eightDigits.substring(2);

    assertThat(totp.codeAt(time / 30, SECRET)).isEqualTo(code);
    assertThat(totp.stepOf(code, SECRET, Instant.ofEpochSecond(time)))
        .isEqualTo(OptionalLong.of(time / 30));
  }

  @Test
  void aClockMayBeOneStepOffAndNoMore() {
    Instant now = Instant.ofEpochSecond(1_000_000_015);
    long step = 1_000_000_015 / 30;

    for (long near = step - 1; near <= step + 1; near++) {
      assertThat(totp.stepOf(totp.codeAt(near, SECRET), SECRET, now)).hasValue(near);
    }
    assertThat(totp.stepOf(totp.codeAt(step - 2, SECRET), SECRET, now)).isEmpty();
    assertThat(totp.stepOf(totp.codeAt(step + 2, SECRET), SECRET, now)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "f,MY",
    "fo,MZXQ",
    "foo,MZXW6",
    "foob,MZXW6YQ",
    "fooba,MZXW6YTB",
    "foobar,MZXW6YTBOI"
  })
  void base32AgreesWithRfc4648(String text, String encoded) {
    assertThat(Base32.encode(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(encoded);
  }
}
