package dev.autopilot.dashboard.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.dashboard.Dashboard;
import dev.autopilot.dashboard.Gardener;
import dev.autopilot.testkit.OtherServices;
import dev.autopilot.testkit.WithServers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Figures of what is deleted and comes back, or doesn't. */
@QuarkusTest
@WithServers
class GoneTest {
  private final OtherServices others = OtherServices.speaking();
  private final Dashboard mine = Dashboard.ofSomebodyNew();
  private final Gardener garden = new Gardener(others, mine.user());

  @Inject ForgetGone forgetGone;
  @Inject DataSource database;

  @AfterEach
  void close() {
    others.close();
  }

  @Test
  void aDatabaseComesBackWithItsRecordsAlsoWithThoseHeardOfMeanwhile() {
    UUID project = garden.project();
    UUID birds = garden.database(project);
    garden.record(birds, project, "created");
    garden.record(birds, project, "created");
    awaitFigures(1, 1, 2);
    garden.database(birds, project, "deleted");
    awaitFigures(1, 0, 0);
    garden.record(birds, project, "created");
    garden.record(birds, project, "deleted");
    garden.record(birds, project, "created");
    awaitHeard(8);
    assertFigures(1, 0, 0);

    garden.database(birds, project, "restored");

    awaitFigures(1, 1, 3);
  }

  @Test
  void aProjectComesBackWithoutWhatWasDeletedInItItself() {
    UUID project = garden.project();
    UUID birds = garden.database(project);
    UUID bees = garden.database(project);
    garden.record(birds, project, "created");
    garden.record(bees, project, "created");
    garden.database(bees, project, "deleted");
    garden.project(project, "deleted");
    awaitHeard(7);
    awaitFigures(0, 0, 0);

    garden.project(project, "restored");
    awaitFigures(1, 1, 1);

    garden.database(bees, project, "restored");
    awaitFigures(1, 2, 2);
  }

  @Test
  void whatIsDeletedAndRestoredAgainAndAgainIsThereWhenItWasRestoredLast() {
    UUID project = garden.project();
    garden.record(garden.database(project), project, "created");
    for (int i = 0; i < 20; i++) {
      garden.project(project, "deleted");
      garden.project(project, "restored");
    }
    awaitHeard(43);
    awaitFigures(1, 1, 1);

    garden.project(project, "deleted");
    awaitFigures(0, 0, 0);
  }

  /** As when the one was a dead letter and is replayed. */
  @Test
  void aDeletionThatIsHeardAfterItsRestorationChangesNothing() {
    UUID project = garden.project();
    garden.record(garden.database(project), project, "created");
    garden.project(project, "restored");
    awaitHeard(4);
    garden.project(project, "deleted");
    awaitHeard(5);

    awaitFigures(1, 1, 1);
  }

  @Test
  void everyFigureIsTheSumOfTheArchive() throws SQLException {
    Random random = new Random(7);
    List<UUID> projects = new ArrayList<>();
    int told = 0;
    for (int i = 0; i < 4; i++) {
      UUID project = garden.project();
      UUID birds = garden.database(project);
      projects.add(project);
      told += 2;
      for (int j = random.nextInt(6); j >= 0; j--, told++) {
        garden.record(birds, project, "created");
      }
      for (int j = random.nextInt(3); j > 0; j--, told++) {
        garden.database(
            birds, project, j == 2 ? "deleted" : random.nextBoolean() ? "restored" : "changed");
      }
    }
    garden.project(projects.getFirst(), "deleted");
    garden.project(projects.getLast(), "deleted");
    garden.project(projects.getLast(), "restored");
    awaitHeard(told + 3);

    JsonPath stats = mine.stats();
    for (String figure : List.of("projects", "databases", "records")) {
      assertThat(sumOfArchive(figure)).as(figure).isEqualTo(stats.getLong(figure));
    }
  }

  @Test
  void whatIsGoneForGoodIsForgottenWithAllThatItHeldAndStaysGone() throws SQLException {
    UUID project = garden.project();
    UUID birds = garden.database(project);
    garden.record(birds, project, "created");
    UUID lately = garden.project();
    garden.database(lately);
    garden.project(project, "deleted");
    garden.project(lately, "deleted");
    awaitHeard(7);
    awaitFigures(0, 0, 0);
    change("update gone set created_at = now() - interval '91 days' where id = ?", project);
    change("update gone set created_at = now() - interval '89 days' where id = ?", lately);

    forgetGone.run();

    assertFigures(0, 0, 0);
    assertThat(count("select count(*) from gone where id = ?", project)).isZero();
    assertThat(count("select count(*) from tally where root = ?", project)).isZero();
    assertThat(count("select count(*) from tally where container = ?", project)).isZero();
    garden.project(lately, "restored");
    awaitFigures(1, 1, 0);
  }

  private void awaitFigures(int projects, int databases, int records) {
    JsonPath _ =
        mine.awaitStats(now ->
            now.getInt("projects") == projects
                && now.getInt("databases") == databases
                && now.getInt("records") == records);
  }

  private void assertFigures(int projects, int databases, int records) {
    JsonPath now = mine.stats();
    assertThat(List.of(now.getInt("projects"), now.getInt("databases"), now.getInt("records")))
        .containsExactly(projects, databases, records);
  }

  private void awaitHeard(int events) {
    JsonPath _ = mine.awaitActivity(all -> all.getList("items").size() == events);
  }

  /** A figure had anew, from nothing but the archive. */
  private long sumOfArchive(String figure) throws SQLException {
    return count(
        """
        with gone_now as (
          select id from (
            select ended as id, 1 as times from archive where ended is not null
            union all
            select restored, -1 from archive where restored is not null) as turn
          group by id having sum(times) > 0
        )
        select coalesce(sum((counts ->> '%s')::numeric), 0) from archive
        where user_id = ?
          and not exists (select from gone_now where id = container)
          and not exists (select from gone_now where id = root)
        """
            .formatted(figure),
        mine.user());
  }

  private long count(String sql, UUID id) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(sql)) {
      query.setObject(1, id);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private void change(String sql, UUID id) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, id);
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }
}
