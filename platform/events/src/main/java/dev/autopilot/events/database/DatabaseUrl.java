package dev.autopilot.events.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code postgresql://user:password@host:port/database?sslmode=require}, as libpq and most of the
 * world write it, in JDBC's terms. {@code postgres://} and a driver suffix such as {@code
 * postgresql+asyncpg://} mean the same. Several hosts may be given, comma separated.
 *
 * @param jdbcUrl without credentials, so that it may be logged
 */
record DatabaseUrl(String jdbcUrl, @Nullable String username, @Nullable String password) {
  private static final String EXPECTED =
      "DATABASE_URL must look like postgresql://user:password@host:port/database";

  /** libpq's names for what pgjdbc calls otherwise. */
  private static final Map<String, String> DRIVER_NAMES =
      Map.of(
          "application_name", "ApplicationName",
          "connect_timeout", "connectTimeout",
          "channel_binding", "channelBinding",
          "search_path", "currentSchema");

  static DatabaseUrl parse(String url) {
    String rest = afterScheme(url.strip());
    String query = "";
    int question = rest.indexOf('?');
    if (question >= 0) {
      query = rest.substring(question + 1);
      rest = rest.substring(0, question);
    }
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String database = slash < 0 ? "" : decoded(rest.substring(slash + 1));
    // A password may hold an @ that nobody encoded; a host can't.
    int at = authority.lastIndexOf('@');
    String hosts = authority.substring(at + 1);
    String credentials = at < 0 ? "" : authority.substring(0, at);
    int colon = credentials.indexOf(':');
    String username = decoded(colon < 0 ? credentials : credentials.substring(0, colon));
    String password = colon < 0 ? "" : decoded(credentials.substring(colon + 1));
    if (hosts.isEmpty() || (database.isEmpty() && username.isEmpty())) {
      throw new IllegalArgumentException(EXPECTED);
    }
    for (String host : hosts.split(",", -1)) {
      requireHost(host);
    }
    return new DatabaseUrl(
        "jdbc:postgresql://"
            + hosts
            + "/"
            + URLEncoder.encode(database.isEmpty() ? username : database, UTF_8)
            + parameters(query),
        username.isEmpty() ? null : username,
        password.isEmpty() ? null : password);
  }

  private static String afterScheme(String url) {
    int separator = url.indexOf("://");
    String scheme = separator < 0 ? "" : url.substring(0, separator);
    if (!scheme.matches("(postgres|postgresql)(\\+[a-z0-9]+)?")) {
      throw new IllegalArgumentException(EXPECTED);
    }
    return url.substring(separator + 3);
  }

  private static void requireHost(String host) {
    try {
      if (URI.create("postgresql://" + host).getHost() != null) {
        return;
      }
    } catch (IllegalArgumentException malformed) {
      // Not told as a cause: its message would hold what was typed.
    }
    throw new IllegalArgumentException(EXPECTED);
  }

  private static String parameters(String query) {
    Map<String, String> parameters = new TreeMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        String value = decoded(pair.substring(equals + 1));
        parameters.put(driverName(pair.substring(0, equals), value), value);
      }
    }
    if (parameters.isEmpty()) {
      return "";
    }
    StringJoiner joined = new StringJoiner("&", "?", "");
    parameters.forEach((name, value) -> joined.add(name + "=" + URLEncoder.encode(value, UTF_8)));
    return joined.toString();
  }

  /** asyncpg's {@code ssl=require} is a mode; pgjdbc's own {@code ssl=true} is not. */
  private static String driverName(String name, String value) {
    boolean isMode = name.equals("ssl") && !value.equals("true") && !value.equals("false");
    return isMode ? "sslmode" : DRIVER_NAMES.getOrDefault(name, name);
  }

  /** Percent-decoding alone: a plus in a password is a plus. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }

  @Override
  public String toString() {
    return jdbcUrl;
  }
}
