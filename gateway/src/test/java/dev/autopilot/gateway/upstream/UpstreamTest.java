package dev.autopilot.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UpstreamTest {
  private final Replica one = replica("http://one:1");
  private final Replica two = replica("http://two:2");
  private final Upstream pair = new Upstream(List.of(one, two));

  @Test
  void theReplicaWithTheFewestRequestsUnderWayIsAsked() {
    one.begin();
    assertThat(pair.choose(null, 0)).isSameAs(two);
    two.begin();
    two.begin();
    assertThat(pair.choose(null, 0)).isSameAs(one);
  }

  @Test
  void tiesAreDrawnByLot() {
    Set<Replica> chosen = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      chosen.add(pair.choose(null, 0));
    }
    assertThat(chosen).containsExactlyInAnyOrder(one, two);
  }

  @Test
  void anotherOneIsTriedFirst() {
    two.begin();
    assertThat(pair.choose(one, 0)).isSameAs(two);
    assertThat(new Upstream(List.of(one)).choose(one, 0)).isSameAs(one);
  }

  @Test
  void aReplicaThatFailsIsLeftAlone() {
    breakIt(one);
    assertThat(pair.choose(null, 1)).isSameAs(two);
    breakIt(two);
    assertThat(pair.choose(null, 1)).isNull();
    assertThat(pair.choose(null, 1_000)).isIn(one, two);
  }

  @Test
  void anAddressIsASchemeAHostAndAPort() {
    assertThat(replica("https://host").port()).isEqualTo(443);
    assertThat(replica("http://host/").port()).isEqualTo(80);
    assertThatThrownBy(() -> replica("localhost:80")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> replica("http://host/path"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void breakIt(Replica replica) {
    replica.breaker().failed(0);
  }

  private static Replica replica(String url) {
    return new Replica(URI.create(url), new Breaker(1, 100, 1_000));
  }
}
