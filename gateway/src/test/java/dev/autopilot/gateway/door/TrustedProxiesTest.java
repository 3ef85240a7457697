package dev.autopilot.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autopilot.gateway.exchange.Client;
import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  private final TrustedProxies proxies =
      new TrustedProxies(List.of("10.0.0.0/8", "fd00::/9", "192.0.2.7"));

  @Test
  void whoIsNotTrustedIsWhoTheyConnectAs() {
    assertThat(client("198.51.100.1", "1.2.3.4"))
        .isEqualTo(new Client("198.51.100.1", "http", "direct"));
  }

  @Test
  void aTrustedProxySaysWhoAsks() {
    assertThat(client("10.1.1.1", "198.51.100.1"))
        .isEqualTo(new Client("198.51.100.1", "https", "asked.example"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "198.51.100.1, 10.0.0.2           | 198.51.100.1",
        "1.2.3.4, 198.51.100.1, 10.0.0.2  | 198.51.100.1",
        "10.0.0.3, 10.0.0.2               | 10.0.0.3",
        "garbage                          | 10.1.1.1",
        "198.51.100.1, garbage, 10.0.0.2  | 10.0.0.2",
        "2001:db8::1                      | 2001:db8::1",
        "198.51.100.1, 192.0.2.7          | 198.51.100.1",
        "198.51.100.1, 192.0.2.8          | 192.0.2.8"
      })
  void theChainIsReadFromItsEnd(String chain, String origin) {
    assertThat(client("10.1.1.1", chain).address()).isEqualTo(origin);
  }

  @Test
  void aNetworksBitsAreExact() {
    assertThat(client("fd7f::1", "198.51.100.1").address()).isEqualTo("198.51.100.1");
    assertThat(client("fd80::1", "198.51.100.1").address()).isEqualTo("fd80::1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.0/33", "10.0.0/8", "fd00::/129", "10.0.0.0/x", "10.0.0.0/-1", "all"})
  void whatIsNoNetworkIsRefused(String network) {
    assertThatThrownBy(() -> new TrustedProxies(List.of(network)))
        .hasMessageContaining("trusted-proxies");
  }

  private Client client(String peer, String chain) {
    return proxies.client(
        peer,
        "http",
        MultiMap.caseInsensitiveMultiMap()
            .add("Host", "direct")
            .add("X-Forwarded-For", chain)
            .add("X-Forwarded-Proto", "https")
            .add("X-Forwarded-Host", "asked.example, other"));
  }
}
