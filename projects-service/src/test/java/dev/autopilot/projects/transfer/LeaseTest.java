package dev.autopilot.projects.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
  private final AtomicInteger renewals = new AtomicInteger();

  @Test
  void itIsRenewedByTimeAndNotByTheNumberOfSteps() {
    Lease lease = new Lease(clock, () -> renewals.incrementAndGet() > 0);

    for (int step = 0; step < 100_000; step++) {
      assertThat(lease.isHeld()).isTrue();
    }
    assertThat(renewals).hasValue(0);

    for (int longStep = 1; longStep <= 3; longStep++) {
      now.updateAndGet(before -> before.plusSeconds(4));
      assertThat(lease.isHeld()).isTrue();
      assertThat(renewals).hasValue(longStep);
    }
  }

  @Test
  void whoseLeaseIsAnothersIsTold() {
    Lease lease = new Lease(clock, () -> false);
    now.updateAndGet(before -> before.plus(Duration.ofMinutes(1)));

    assertThat(lease.isHeld()).isFalse();
  }
}
