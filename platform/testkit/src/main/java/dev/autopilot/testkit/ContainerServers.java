package dev.autopilot.testkit;

import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The servers in containers; Testcontainers takes them away when this JVM ends. */
final class ContainerServers {
  private ContainerServers() {}

  @SuppressWarnings("resource") // They live as long as this JVM.
  static Servers start() {
    PostgreSQLContainer postgres =
        new PostgreSQLContainer("postgres:18")
            .withCommand("postgres", "-c", "max_connections=300", "-c", "fsync=off");
    KafkaContainer kafka = new KafkaContainer("apache/kafka:4.2.0");
    Startables.deepStart(postgres, kafka).join();
    return new Servers(
        postgres.getHost() + ":" + postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
        postgres.getDatabaseName(),
        postgres.getUsername(),
        postgres.getPassword(),
        kafka.getBootstrapServers());
  }
}
