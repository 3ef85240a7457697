package dev.autopilot.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.autopilot.embedded.ProcessIdentity;
import dev.autopilot.testkit.TestRun.Lease;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRunTest {
  @TempDir Path folder;

  @Test
  void theModulesOfARunHaveTheSameServersAndSeeNothingOfEachOther() throws Exception {
    Process maven = new ProcessBuilder("sleep", "600").start();
    try {
      TestRun run = new TestRun(folder.resolve("run"), ProcessIdentity.of(maven.toHandle()));
      Servers first;
      try (Lease lease = run.take().orElseThrow()) {
        first = lease.servers();
        leaveTracesIn(first);
        assertThat(run.take()).as("for those who test at the same time").isEmpty();
      }
      Servers second;
      try (Lease lease = run.take().orElseThrow()) {
        second = lease.servers();
      }
      assertThat(second.postgres()).isEqualTo(first.postgres());
      assertThat(second.kafka()).isEqualTo(first.kafka());
      assertThat(topicsOf(second)).isEmpty();
      leaveTracesIn(second);

      maven.destroyForcibly().waitFor();
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> !answers(first.postgres()) && !answers(first.kafka()));
    } finally {
      maven.destroyForcibly();
    }
  }

  /** Fails where somebody left them before. */
  private static void leaveTracesIn(Servers servers) throws Exception {
    Map<String, String> settings = servers.settingsFor("alpha");
    try (var connection =
            DriverManager.getConnection(
                settings.get("quarkus.datasource.jdbc.url"),
                settings.get("quarkus.datasource.username"),
                settings.get("quarkus.datasource.password"));
        var statement = connection.createStatement();
        Admin admin = Admin.create(Map.of("bootstrap.servers", servers.kafka()))) {
      statement.execute("create table trace ()");
      admin.createTopics(List.of(new NewTopic("alpha.events.v1", 6, (short) 1))).all().get();
    }
  }

  private static Set<String> topicsOf(Servers servers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers.kafka()))) {
      return admin.listTopics().names().get();
    }
  }

  private static boolean answers(String address) {
    int colon = address.lastIndexOf(':');
    try (var _ =
        new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)))) {
      return true;
    } catch (IOException gone) {
      return false;
    }
  }
}
