package dev.autopilot.e2e;

import dev.autopilot.e2e.journey.Journey;
import dev.autopilot.e2e.journey.Narrator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WholeSuite.class)
class JourneyTest {
  @Test
  void aPersonTravelsThroughTheWholeHouse(Client anybody) {
    new Journey(anybody.gateway(), Narrator.silent()).travel();
  }

  @Test
  void twoPeopleTravelAtOnceAndNeitherSeesTheOther(Client anybody) throws InterruptedException {
    Thread other =
        Thread.ofVirtual().start(() -> new Journey(anybody.gateway(), Narrator.silent()).travel());
    new Journey(anybody.gateway(), Narrator.silent()).travel();
    other.join();
  }
}
