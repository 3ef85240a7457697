package dev.autopilot.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autopilot.gateway.route.RoutesSettings.RouteSettings;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
  private final RouteTable table =
      table(
          Map.of(
              "console", List.of("/", "/app"),
              "records", List.of("/api/records"),
              "bulk", List.of("/api/records/bulk"),
              "transfers", List.of("/api/databases/*/import"),
              "databases", List.of("/api/databases"),
              "template", List.of("/api/databases/template")));

  @ParameterizedTest
  @CsvSource({
    "/, console",
    "/app, console",
    "/app/login, console",
    "/api/records, records",
    "/api/records/, records",
    "/api/records/7, records",
    "/api/records/bulk, bulk",
    "/api/records/bulk/x, bulk",
    "/api/databases/7, databases",
    "/api/databases/7/import, transfers",
    "/api/databases/7/import/status, transfers",
    "/api/databases/7/importer, databases",
    "/api/databases/template/import, transfers",
    "/api/databases/template/x, template"
  })
  void theLongestMatchWins(String path, String route) {
    assertThat(table.find(path).name()).isEqualTo(route);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/apix",
        "/ap",
        "/api",
        "/api/",
        "/api/recordsx",
        "/api/record",
        "/q",
        "/internal"
      })
  void whatIsNotThereLeadsNowhere(String path) {
    assertThat(table.find(path).name()).isEqualTo("nowhere");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/internal", "/internal/token", "/q", "/q/health", "/*", "api", "/api/", "//api"})
  void someThingsCanNotBeRouted(String path) {
    assertThatThrownBy(() -> table(Map.of("wrong", List.of(path))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gateway.routes.wrong");
  }

  @Test
  void aPathBelongsToOneRoute() {
    Map<String, List<String>> twice = new LinkedHashMap<>();
    twice.put("one", List.of("/api/x"));
    twice.put("other", List.of("/api/x"));
    assertThatThrownBy(() -> table(twice)).hasMessageContaining("belongs to gateway.routes.one");
  }

  @Test
  void aRouteNeedsAServiceThatExists() {
    assertThatThrownBy(() ->
            new RouteTable(
                Map.of("x", new Settings(List.of("/x"), "nobody")),
                Set.of("auth"),
                Route.nowhere()))
        .hasMessageContaining("nobody");
  }

  private static RouteTable table(Map<String, List<String>> paths) {
    Map<String, Settings> settings = new LinkedHashMap<>();
    paths.forEach((name, of) -> settings.put(name, new Settings(of, "somewhere")));
    return new RouteTable(settings, Set.of("somewhere"), Route.nowhere());
  }

  private record Settings(List<String> paths, String service) implements RouteSettings {
    @Override
    public Access access() {
      return Access.TOKEN;
    }

    @Override
    public Duration timeout() {
      return Duration.ofSeconds(1);
    }

    @Override
    public Duration idleTimeout() {
      return Duration.ofSeconds(1);
    }

    @Override
    public MemorySize bodyLimit() {
      return new MemorySize(BigInteger.TEN);
    }

    @Override
    public String rateClass() {
      return "default";
    }

    @Override
    public boolean streaming() {
      return false;
    }

    @Override
    public Duration snapshot() {
      return Duration.ZERO;
    }

    @Override
    public String contentSecurityPolicy() {
      return "";
    }

    @Override
    public boolean compress() {
      return false;
    }

    @Override
    public Dialect errors() {
      return Dialect.PROBLEM;
    }

    @Override
    public boolean opaquePath() {
      return false;
    }
  }
}
