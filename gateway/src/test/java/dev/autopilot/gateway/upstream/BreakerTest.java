package dev.autopilot.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BreakerTest {
  private final Breaker breaker = new Breaker(3, 100, 1_000);

  @Test
  void aFewFailuresAreForgiven() {
    fail(2, 0);
    assertThat(breaker.admits(0)).isTrue();
    breaker.succeeded();
    fail(2, 0);
    assertThat(breaker.isClosed()).isTrue();
  }

  @Test
  void failuresInARowOpenIt() {
    fail(3, 0);
    assertThat(breaker.isClosed()).isFalse();
    assertThat(breaker.admits(99)).isFalse();
  }

  @Test
  void afterAWhileOneMayTry() {
    fail(3, 0);
    assertThat(breaker.admits(100)).isTrue();
    assertThat(breaker.admits(100)).isFalse();
    assertThat(breaker.admits(150)).isFalse();
  }

  @Test
  void aTryThatSucceedsClosesIt() {
    fail(3, 0);
    assertThat(breaker.admits(100)).isTrue();
    breaker.succeeded();
    assertThat(breaker.admits(101)).isTrue();
    assertThat(breaker.isClosed()).isTrue();
  }

  @Test
  void eachTryThatFailsDoublesTheWaitUpToALimit() {
    fail(3, 0);
    fail(1, 100);
    assertThat(breaker.admits(299)).isFalse();
    assertThat(breaker.admits(300)).isTrue();
    fail(20, 300);
    assertThat(breaker.admits(1_299)).isFalse();
    assertThat(breaker.admits(1_300)).isTrue();
  }

  private void fail(int times, long now) {
    for (int i = 0; i < times; i++) {
      breaker.failed(now);
    }
  }
}
