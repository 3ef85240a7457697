package dev.autopilot.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LocalRationsTest {
  private static final long SECOND = 1_000_000_000;

  private final AtomicLong now = new AtomicLong();
  private final LocalRations rations = new LocalRations(1_000, new HandMovedTime(now));
  private final Quota quota = Quota.of(60, 1_000);

  @Test
  void nobodyGetsMoreThanTheQuotaAtOnce() {
    assertThat(granted("a", 100)).isEqualTo(60);
    assertThat(granted("b", 100)).isEqualTo(60);
  }

  @Test
  void whatIsRefilledCanBeHad() {
    granted("a", 60);
    now.addAndGet(10 * SECOND);
    assertThat(granted("a", 100)).isEqualTo(10);
  }

  @Test
  void theHourCountsToo() {
    long all = 0;
    for (int minute = 0; minute < 60; minute++) {
      all += granted("a", 100);
      now.addAndGet(60 * SECOND);
    }
    assertThat(all).isBetween(1_000L, 2_000L);
    assertThat(granted("a", 1)).as("the hour's bucket fills slowly").isLessThanOrEqualTo(1);
  }

  @Test
  void whatIsLeftIsToldOfTheWindowThatIsNearestToItsEnd() {
    assertThat(take("a").limit()).isEqualTo("\"permin\";r=59;t=1");
    granted("a", 59);
    Ration refused = take("a");
    assertThat(refused.granted()).isFalse();
    assertThat(refused.limit()).isEqualTo("\"permin\";r=0;t=60");
    assertThat(refused.waitNanos()).isBetween(1L, SECOND);
    Quota hour = Quota.of(10, 10);
    assertThat(rations.take("h", hour).result().limit()).startsWith("\"permin\";r=9");
    now.addAndGet(6 * SECOND);
    assertThat(rations.take("h", hour).result().limit()).startsWith("\"perhour\";r=8");
  }

  @Test
  void thePolicyIsSaidAsTheDraftWantsIt() {
    assertThat(quota.policy()).isEqualTo("\"permin\";q=60;w=60,\"perhour\";q=1000;w=3600");
  }

  @Test
  void theCountIsExactHoweverManyAskAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Long>> askers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        askers.add(() -> granted("a", 1_000));
      }
      long all = 0;
      for (Future<Long> one : threads.invokeAll(askers)) {
        all += one.get();
      }
      assertThat(all).isEqualTo(60);
    }
  }

  @Test
  void aMillionPrincipalsDoNotFillTheMemory() {
    for (int i = 0; i < 1_000_000; i++) {
      rations.take("addr:" + i, quota);
    }
    assertThat(rations.size()).isLessThanOrEqualTo(1_000);
  }

  private long granted(String key, int asked) {
    long granted = 0;
    for (int i = 0; i < asked; i++) {
      granted += take(key).granted() ? 1 : 0;
    }
    return granted;
  }

  private Ration take(String key) {
    return rations.take(key, quota).result();
  }

  private record HandMovedTime(AtomicLong now) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return now.get();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
