package dev.autopilot.events.testapp;

import dev.autopilot.embedded.EmbeddedKafka;
import dev.autopilot.embedded.EmbeddedPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/**
 * The real PostgreSQL and Kafka. Tests live in another class loader than this does, so they turn
 * its switches by way of JMX, which both know.
 */
public final class Servers implements QuarkusTestResourceLifecycleManager, ServerSwitches {
  /** An argument: Kafka is configured, and isn't there. */
  public static final String WITHOUT_KAFKA = "without-kafka";

  private static final String SWITCHES = "dev.autopilot.events.test:type=ServerSwitches";
  private static final String NOWHERE = "127.0.0.1:1";

  private boolean withKafka = true;
  private @Nullable Path folder;
  private @Nullable EmbeddedPostgres postgres;
  private @Nullable EmbeddedKafka kafka;
  private int postgresPort;
  private int kafkaPort;

  public static void stopKafka() {
    turn("kafkaOff");
  }

  public static void startKafka() {
    turn("kafkaOn");
  }

  public static void stopPostgres() {
    turn("postgresOff");
  }

  public static void startPostgres() {
    turn("postgresOn");
  }

  @Override
  public void init(Map<String, String> arguments) {
    withKafka = !arguments.containsKey(WITHOUT_KAFKA);
  }

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "servers-");
      jmx().registerMBean(new StandardMBean(this, ServerSwitches.class), name());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (JMException failure) {
      throw new IllegalStateException(failure);
    }
    postgresOn();
    if (withKafka) {
      kafkaOn();
    }
    return Map.of(
        "DATABASE_URL",
        Objects.requireNonNull(postgres).url("postgres"),
        "kafka.bootstrap.servers",
        withKafka ? "127.0.0.1:" + kafkaPort : NOWHERE);
  }

  @Override
  public void postgresOn() {
    Path data = Objects.requireNonNull(folder).resolve("postgres");
    postgres = EmbeddedPostgres.in(data).port(postgresPort).volatileData().start();
    postgresPort = postgres.port();
  }

  @Override
  public void postgresOff() {
    if (postgres != null) {
      postgres.close();
      postgres = null;
    }
  }

  @Override
  public void kafkaOn() {
    Path data = Objects.requireNonNull(folder).resolve("kafka");
    kafka = EmbeddedKafka.in(data).port(kafkaPort).start();
    kafkaPort = kafka.port();
  }

  @Override
  public void kafkaOff() {
    if (kafka != null) {
      kafka.close();
      kafka = null;
    }
  }

  @Override
  public void stop() {
    kafkaOff();
    postgresOff();
    delete(Objects.requireNonNull(folder));
    try {
      jmx().unregisterMBean(name());
    } catch (JMException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void turn(String operation) {
    try {
      var _ = jmx().invoke(name(), operation, new Object[0], new String[0]);
    } catch (JMException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static MBeanServer jmx() {
    return ManagementFactory.getPlatformMBeanServer();
  }

  private static ObjectName name() throws JMException {
    return new ObjectName(SWITCHES);
  }
}
