package dev.autopilot.gateway.upstream;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A service: its replicas, and which of them is asked next. */
final class Upstream {
  private final Replica[] replicas;

  Upstream(List<Replica> replicas) {
    this.replicas = replicas.toArray(Replica[]::new);
  }

  /**
   * The replica with the fewest requests under way, ties drawn by lot; null when all are left alone
   * for now.
   *
   * @param tried one that has just failed and is asked again only if there is no other
   */
  @Nullable Replica choose(@Nullable Replica tried, long now) {
    if (replicas.length == 1) {
      return replicas[0].breaker().admits(now) ? replicas[0] : null;
    }
    Replica chosen = leastOutstanding(tried);
    if (chosen != null) {
      return chosen;
    }
    for (Replica replica : replicas) {
      if (replica != tried && replica.breaker().admits(now)) {
        return replica;
      }
    }
    return tried != null && tried.breaker().admits(now) ? tried : null;
  }

  private @Nullable Replica leastOutstanding(@Nullable Replica except) {
    Replica least = null;
    int start = ThreadLocalRandom.current().nextInt(replicas.length);
    for (int i = 0; i < replicas.length; i++) {
      Replica replica = replicas[(start + i) % replicas.length];
      if (replica != except
          && replica.breaker().isClosed()
          && (least == null || replica.outstanding() < least.outstanding())) {
        least = replica;
      }
    }
    return least;
  }
}
