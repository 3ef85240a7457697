package dev.autopilot.local.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * A PostgreSQL address as people write it: {@code
 * postgresql://user:password@host:port/database?sslmode=require}.
 *
 * @param query what follows the question mark, empty without one
 */
public record DatabaseAddress(
    String user, String password, String host, int port, String database, String query) {
  private static final int DEFAULT_PORT = 5432;

  /**
   * Understands {@code postgresql://} and {@code postgres://}, and a driver after it ({@code
   * postgresql+asyncpg://}), which the old server took.
   */
  public static DatabaseAddress parse(String text) {
    try {
      var uri = new URI(text.strip().replaceFirst("^(postgres(?:ql)?)\\+[a-z0-9_]+:", "$1:"));
      String scheme = uri.getScheme() == null ? "" : uri.getScheme();
      String path = uri.getPath() == null ? "" : uri.getPath();
      if (!scheme.matches("postgres(ql)?") || uri.getHost() == null) {
        throw wrong();
      }
      String[] who = (uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo()).split(":", 2);
      if (who[0].isEmpty() || path.length() < 2) {
        throw wrong();
      }
      return new DatabaseAddress(
          decoded(who[0]),
          who.length == 2 ? decoded(who[1]) : "",
          uri.getHost(),
          uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort(),
          path.substring(1),
          uri.getRawQuery() == null ? "" : uri.getRawQuery());
    } catch (URISyntaxException e) {
      // The cause would repeat the password.
      throw wrong();
    }
  }

  /** The same database as seen by somebody else. */
  public DatabaseAddress as(String otherUser, String otherPassword) {
    return new DatabaseAddress(otherUser, otherPassword, host, port, database, query);
  }

  public DatabaseAddress in(String otherDatabase) {
    return new DatabaseAddress(user, password, host, port, otherDatabase, query);
  }

  public String url() {
    return "postgresql://%s:%s@%s:%d/%s%s"
        .formatted(encoded(user), encoded(password), host, port, encoded(database), suffix());
  }

  public String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s%s".formatted(host, port, encoded(database), suffix());
  }

  public Properties credentials() {
    var credentials = new Properties();
    credentials.setProperty("user", user);
    credentials.setProperty("password", password);
    credentials.setProperty("connectTimeout", "5");
    credentials.setProperty("ApplicationName", "autopilot");
    return credentials;
  }

  /** Without the password, so that it may be shown. */
  @Override
  public String toString() {
    return "postgresql://%s@%s:%d/%s".formatted(user, host, port, database);
  }

  private String suffix() {
    return query.isEmpty() ? "" : "?" + query;
  }

  private static Refusal wrong() {
    return new Refusal(
        "DATABASE_URL must look like postgresql://user:password@host:5432/database.");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
