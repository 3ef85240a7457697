package dev.autopilot.events.database;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Makes the datasource's settings of {@code DATABASE_URL}, wherever that comes from. */
public final class DatabaseUrlSource implements ConfigSourceFactory {
  /** Above application.properties, below the environment: QUARKUS_DATASOURCE_… still wins. */
  private static final int ORDINAL = 275;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    return Stream.of("DATABASE_URL", "database.url")
        .map(context::getValue)
        .filter(Objects::nonNull)
        .map(ConfigValue::getValue)
        .filter(url -> url != null && !url.isBlank())
        .findFirst()
        .map(url -> List.<ConfigSource>of(source(DatabaseUrl.parse(url))))
        .orElse(List.of());
  }

  private static ConfigSource source(DatabaseUrl database) {
    Map<String, String> properties = new HashMap<>();
    properties.put("quarkus.datasource.jdbc.url", database.jdbcUrl());
    if (database.username() != null) {
      properties.put("quarkus.datasource.username", database.username());
    }
    if (database.password() != null) {
      properties.put("quarkus.datasource.password", database.password());
    }
    return new PropertiesConfigSource(properties, "DATABASE_URL", ORDINAL);
  }
}
