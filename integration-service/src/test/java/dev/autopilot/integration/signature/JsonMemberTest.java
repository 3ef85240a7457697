package dev.autopilot.integration.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMemberTest {
  @Test
  void findsTextInTheOutermostObjectOnly() {
    assertThat(id("{\"data\":{\"id\":\"inner\"},\"list\":[{\"id\":\"x\"}],\"id\":\"outer\"}"))
        .isEqualTo("outer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not json",
        "[{\"id\":\"a\"}]",
        "{\"id\":7}",
        "{\"id\":null}",
        "{\"other\":1",
        "\"id\""
      })
  void whatIsNotThereIsNull(String body) {
    assertThat(id(body)).isNull();
  }

  @Test
  void deepNestingIsNotFollowedForEver() {
    assertThat(id("{\"a\":" + "[".repeat(100_000))).isNull();
  }

  private static @Nullable String id(String body) {
    return JsonMember.text(body.getBytes(UTF_8), "id");
  }
}
