package dev.autopilot.auth.federation;

import dev.autopilot.embedded.Child;
import dev.autopilot.embedded.Ports;
import dev.autopilot.embedded.StopSignal;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A real Keycloak, from its Maven distribution, with a realm of people to sign in as. It keeps
 * everything in memory and ends with the tests, however they end.
 */
public class KeycloakForTests implements QuarkusTestResourceLifecycleManager {
  private static final String REALM = "/keycloak/autopilot-realm.json";

  /**
   * What Keycloak ends with once it has been rebuilt for its options, wanting to be started again.
   */
  private static final int REBUILT = 10;

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private @Nullable Child keycloak;

  @Override
  public Map<String, String> start() {
    Path home = Path.of(System.getProperty("keycloak.home")).toAbsolutePath();
    int port = Ports.free();
    String issuer = "http://127.0.0.1:" + port + "/realms/autopilot";
    try (InputStream realm = KeycloakForTests.class.getResourceAsStream(REALM)) {
      Path folder = Files.createDirectories(home.resolve("data/import"));
      Files.copy(
          Objects.requireNonNull(realm),
          folder.resolve("autopilot-realm.json"),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    keycloak = launch(home, port, false);
    awaitReady(home, port, URI.create(issuer + "/.well-known/openid-configuration"));
    return Map.of(
        "autopilot.auth.oidc.providers.keycloak.issuer", issuer,
        "autopilot.auth.oidc.providers.keycloak.client-id", "autopilot",
        "autopilot.auth.oidc.providers.keycloak.client-secret", "known to both");
  }

  private void awaitReady(Path home, int port, URI discovery) {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(discovery).timeout(Duration.ofSeconds(5)).build();
    Awaitility.await("Keycloak; see " + home.resolve("keycloak.log"))
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(250))
        .failFast(() -> hasGivenUp(home, port))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
  }

  /** Starts it a second time if it ended only since it has been rebuilt. */
  private boolean hasGivenUp(Path home, int port) {
    Child running = keycloak;
    if (running != null && running.isAlive()) {
      return false;
    }
    if (running == null || running.onExit().join() != REBUILT) {
      return true;
    }
    keycloak = launch(home, port, true);
    return false;
  }

  /** As {@code bin/kc.sh start-dev} does, without the shell, and with less memory. */
  private static Child launch(Path home, int port, boolean built) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (built) {
      line.add("-Dkc.config.built=true");
    }
    line.addAll(
        List.of(
            "-Xmx320m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dkc.home.dir=" + home,
            "-Djboss.server.config.dir=" + home.resolve("conf"),
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dquarkus-log-max-startup-records=10000",
            "-Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            home.resolve("lib/quarkus-run.jar").toString(),
            "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
            "start-dev",
            "--db=dev-mem",
            "--cache=local",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--hostname-strict=false",
            "--import-realm"));
    return Child.start(
        new Child.Command(
            line,
            System.getenv(),
            home,
            home.resolve("keycloak.log"),
            StopSignal.TERM,
            Duration.ofSeconds(10)));
  }

  @Override
  public void stop() {
    if (keycloak != null) {
      keycloak.stop();
    }
  }
}
