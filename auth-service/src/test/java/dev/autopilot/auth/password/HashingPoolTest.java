package dev.autopilot.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HashingPoolTest {
  private final HashingPool pool =
      new HashingPool(new OneHasherAndOneWaiting(), new SimpleMeterRegistry());

  @AfterEach
  void stop() {
    pool.stop();
  }

  @Test
  void whoComesWhenTheQueueIsFullIsToldToComeAgain() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> hashing =
          callers.submit(() ->
              pool.run(() -> {
                begun.countDown();
                goOn.await();
                return "first";
              }));
      begun.await();
      Future<String> waiting = callers.submit(() -> pool.run(() -> "second"));
      Awaitility.await().until(() -> pool.waiting() == 1);

      assertThatThrownBy(() -> pool.run(() -> "third"))
          .isInstanceOfSatisfying(
              ProblemException.class,
              refusal -> {
                assertThat(refusal.code()).isEqualTo(CommonError.UNAVAILABLE);
                assertThat(refusal.headers()).containsKey("Retry-After");
              });
      goOn.countDown();
      assertThat(hashing.get()).isEqualTo("first");
      assertThat(waiting.get()).isEqualTo("second");
    }
  }

  private static final class OneHasherAndOneWaiting implements PasswordSettings {
    @Override
    public MemorySize memory() {
      return new MemorySize(BigInteger.valueOf(1024 * 1024));
    }

    @Override
    public int iterations() {
      return 1;
    }

    @Override
    public int parallelism() {
      return 1;
    }

    @Override
    public Optional<URI> breaches() {
      return Optional.empty();
    }

    @Override
    public OptionalInt hashers() {
      return OptionalInt.of(1);
    }

    @Override
    public int queue() {
      return 1;
    }
  }
}
