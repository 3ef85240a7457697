package dev.autopilot.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class KafkaNodeTest {
  @Test
  void aPathOfAnyAlphabetIsReadAsItIs() throws IOException {
    String path = "/home/j\u00f6rg/\u81ea\u52d5/back\\slash and space";
    var read = new Properties();
    read.load(
        new ByteArrayInputStream(
            ("log.dirs=" + KafkaNode.escaped(path)).getBytes(StandardCharsets.ISO_8859_1)));
    assertThat(read.getProperty("log.dirs")).isEqualTo(path);
  }
}
