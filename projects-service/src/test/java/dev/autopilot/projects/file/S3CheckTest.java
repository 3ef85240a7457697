package dev.autopilot.projects.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.projects.file.store.SettingsOfS3;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class S3CheckTest {
  private static final long MEGABYTE = 1 << 20;
  private static final long LARGEST = 1024 * MEGABYTE;

  private static @Nullable String refusal(
      @Nullable String address, @Nullable String secret, boolean allowHttp, long part) {
    URI uri = address == null ? null : URI.create(address);
    return S3Check.refusal(
        new SettingsOfS3("bucket", uri, "key", secret, allowHttp, part), LARGEST);
  }

  @Test
  void anEndpointByHttpsOrAmazonsOwnIsFine() {
    assertThat(refusal("https://s3.example.org", "secret", false, 8 * MEGABYTE)).isNull();
    assertThat(refusal(null, "secret", false, 8 * MEGABYTE)).isNull();
  }

  @Test
  void plainHttpIsRefusedUnlessItIsAllowed() {
    assertThat(refusal("http://s3.example.org", "secret", false, 8 * MEGABYTE))
        .contains("must be https");
    assertThat(refusal("http://s3.example.org", "secret", true, 8 * MEGABYTE)).isNull();
    assertThat(refusal("ftp://s3.example.org", "secret", true, 8 * MEGABYTE)).contains("address");
    assertThat(refusal("s3.example.org", "secret", true, 8 * MEGABYTE)).contains("address");
  }

  @Test
  void halfACredentialIsNone() {
    assertThat(refusal(null, null, false, 8 * MEGABYTE)).contains("set together");
  }

  @Test
  void partsAreAsLargeAsTheProtocolWantsThem() {
    assertThat(refusal(null, "secret", false, MEGABYTE)).contains("at least 5M");
    assertThat(
            S3Check.refusal(
                new SettingsOfS3("bucket", null, "key", "secret", false, 5 * MEGABYTE),
                60_000 * MEGABYTE))
        .contains("ten-thousandth");
  }
}
