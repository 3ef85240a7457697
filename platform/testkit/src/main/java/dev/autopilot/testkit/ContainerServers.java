package dev.autopilot.testkit;

import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The servers in containers; Testcontainers takes them away when the test run ends. */
final class ContainerServers {
  private ContainerServers() {}

  @SuppressWarnings("resource") // They live until the test run ends.
  static Servers start() {
    PostgreSQLContainer postgres =
        new PostgreSQLContainer("postgres:18")
            .withCommand("postgres", "-c", "max_connections=300", "-c", "fsync=off");
    KafkaContainer kafka = new KafkaContainer("apache/kafka:4.2.0");
    Startables.deepStart(postgres, kafka).join();
    return new Servers(
        postgres.getJdbcUrl(),
        postgres.getUsername(),
        postgres.getPassword(),
        kafka.getBootstrapServers());
  }
}
