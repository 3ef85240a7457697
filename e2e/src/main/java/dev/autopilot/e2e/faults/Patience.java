package dev.autopilot.e2e.faults;

import dev.autopilot.e2e.Answer;
import dev.autopilot.e2e.Await;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asking while parts are away: no answer is a reason to ask again. */
final class Patience {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private Patience() {}

  static Answer until(String what, Supplier<Answer> question, Predicate<Answer> awaited) {
    return Await.until(
            what, LIMIT, () -> attempt(question), answer -> answer.filter(awaited).isPresent())
        .orElseThrow();
  }

  /** Empty when there was no answer at all. */
  static Optional<Answer> attempt(Supplier<Answer> question) {
    try {
      return Optional.of(question.get());
    } catch (UncheckedIOException gone) {
      return Optional.empty();
    }
  }
}
