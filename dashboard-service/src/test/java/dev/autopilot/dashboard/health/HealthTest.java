package dev.autopilot.dashboard.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.dashboard.health.Health.Status;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final String SELF = "dashboard";

  @Test
  void isUpWhenEverybodyIs() {
    Health health = Health.of(Map.of(SELF, true, "auth", true), SELF);

    assertThat(health).isEqualTo(new Health(Status.UP, Map.of(SELF, Status.UP, "auth", Status.UP)));
  }

  @Test
  void isDegradedWhileSomebodyIsAway() {
    Health health = Health.of(Map.of(SELF, true, "auth", true, "chat", false), SELF);

    assertThat(health.status()).isEqualTo(Status.DEGRADED);
    assertThat(health.services()).containsEntry("chat", Status.DOWN);
  }

  @Test
  void isDownWhenNobodyButTheOneWhoTellsIsThere() {
    assertThat(Health.of(Map.of(SELF, true, "auth", false), SELF).status()).isEqualTo(Status.DOWN);
  }
}
