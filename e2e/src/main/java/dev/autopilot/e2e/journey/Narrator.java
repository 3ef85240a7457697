package dev.autopilot.e2e.journey;

import java.time.Duration;

/** Hears how the journey goes. */
public interface Narrator {
  /** A step is done; what it did and how long it took. */
  void tell(String step, Duration took);

  /** For tests, which only want to know whether it arrives. */
  static Narrator silent() {
    return (step, took) -> {};
  }
}
