package dev.autopilot.dashboard.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
  @Test
  void namesWhatItHappenedTo() {
    assertThat(Summary.of(An.event("projects.project.created", Map.of("name", "Birds"))))
        .isEqualTo("Project “Birds” created");
    assertThat(Summary.of(An.event("chat.session.deleted", Map.of("title", " Spring "))))
        .isEqualTo("Session “Spring” deleted");
  }

  @Test
  void managesWithoutAName() {
    assertThat(Summary.of(An.event("projects.record.updated", Map.of("values", Map.of()))))
        .isEqualTo("Record updated");
    assertThat(Summary.of(An.event("auth.user.signed_in", Map.of("name", ""))))
        .isEqualTo("User signed in");
    assertThat(Summary.of(An.event("projects.thing.moved", Map.of("name", 7))))
        .isEqualTo("Thing moved");
  }

  @Test
  void shortensALongNameWithoutBreakingACharacter() {
    String summary =
        Summary.of(An.event("projects.project.created", Map.of("name", "🐦".repeat(500))));

    assertThat(summary).isEqualTo("Project “" + "🐦".repeat(119) + "…” created");
  }
}
