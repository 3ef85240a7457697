package dev.autopilot.dashboard.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ObservationTest {
  private static final Instant START = Instant.parse("2026-01-15T09:00:00Z");

  private static final IncidentSettings SETTINGS =
      new IncidentSettings() {
        @Override
        public Duration opensAfter() {
          return Duration.ofSeconds(5);
        }

        @Override
        public Duration closesAfter() {
          return Duration.ofSeconds(2);
        }

        @Override
        public Duration grace() {
          return Duration.ofMinutes(1);
        }
      };

  @Test
  void aServiceThatIsStillStartingIsGivenTime() {
    Observation starting = Observation.first(false, START);

    assertThat(starting.isDue(SETTINGS, START.plusSeconds(59))).isFalse();
    assertThat(starting.isDue(SETTINGS, START.plusSeconds(60))).isTrue();
  }

  @Test
  void aServiceThatWasThereIsMissedSoon() {
    Observation away = Observation.first(true, START).then(false, START.plusSeconds(10));

    assertThat(away.isDue(SETTINGS, START.plusSeconds(14))).isFalse();
    assertThat(away.isDue(SETTINGS, START.plusSeconds(15))).isTrue();
  }

  @Test
  void aShortAbsenceIsForgotten() {
    Observation back =
        Observation.first(true, START)
            .then(false, START.plusSeconds(10))
            .then(false, START.plusSeconds(12))
            .then(true, START.plusSeconds(13))
            .then(false, START.plusSeconds(14));

    assertThat(back.isDue(SETTINGS, START.plusSeconds(18))).isFalse();
  }

  @Test
  void whatWasToldIsNotToldAgain() {
    Observation told = Observation.first(true, START).asTold();

    assertThat(told.then(true, START.plusSeconds(9)).isDue(SETTINGS, START.plusSeconds(9)))
        .isFalse();
    assertThat(told.then(false, START.plusSeconds(9)).isDue(SETTINGS, START.plusSeconds(14)))
        .isTrue();
  }
}
