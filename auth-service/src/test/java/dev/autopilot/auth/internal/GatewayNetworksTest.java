package dev.autopilot.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayNetworksTest {

  @Test
  void networksAreTaken() {
    assertThat(refusalOf("127.0.0.0/8", "::1/128", "fd00::/8")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "127.0.0.1", "localhost", "gateway.default.svc", "10.0.0.0/", ""})
  void whatWouldBeLookedUpForEveryRequestIsRefusedAtTheStart(String address) {
    assertThat(refusalOf("10.0.0.0/8", address)).contains("\"" + address + "\" is not a network");
  }

  private static @Nullable String refusalOf(String... addresses) {
    return new GatewayNetworks(() -> List.of(addresses)).refusal();
  }
}
