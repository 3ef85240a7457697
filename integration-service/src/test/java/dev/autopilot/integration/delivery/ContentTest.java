package dev.autopilot.integration.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ContentTest {
  @Test
  void textIsText() {
    assertThat(Content.of("Grüße 🐦".getBytes(UTF_8), false))
        .isEqualTo(new Content("Grüße 🐦", "utf-8"));
    assertThat(Content.of(new byte[0], false)).isEqualTo(new Content("", "utf-8"));
  }

  @Test
  void whatIsNotTextIsBase64() {
    assertThat(Content.of(new byte[] {0, -1, -2}, false)).isEqualTo(new Content("AP/+", "base64"));
    assertThat(Content.of(new byte[] {0, -1, -2, 1}, true))
        .isEqualTo(new Content("AP/+", "base64"));
  }

  @Test
  void aCutNeverBreaksACharacter() {
    byte[] bird = "a🐦".getBytes(UTF_8);

    for (int length = 1; length < bird.length; length++) {
      assertThat(Content.of(Arrays.copyOf(bird, length), true))
          .isEqualTo(new Content("a", "utf-8"));
    }
    assertThat(Content.of(Arrays.copyOf(bird, 3), false).encoding()).isEqualTo("base64");
  }
}
