package dev.autopilot.auth.mail;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Makes the mailer's settings of {@code SMTP_URL}: {@code smtp://user:password@host:587} (STARTTLS
 * is required once there is a password) or {@code smtps://…} (TLS from the start). Without it,
 * letters go to the log.
 */
public final class SmtpUrlSource implements ConfigSourceFactory {
  /** Above application.properties, below the environment: QUARKUS_MAILER_… still wins. */
  private static final int ORDINAL = 275;

  private static final String EXPECTED =
      "SMTP_URL must look like smtp://user:password@host:port or smtps://user:password@host:port,"
          + " with what is special in the password percent-encoded";

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    ConfigValue url = context.getValue("SMTP_URL");
    boolean set = url != null && url.getValue() != null && !url.getValue().isBlank();
    return List.of(
        new PropertiesConfigSource(
            set ? settings(url.getValue().strip()) : Map.of("quarkus.mailer.mock", "true"),
            "SMTP_URL",
            ORDINAL));
  }

  static Map<String, String> settings(String text) {
    URI url = parsed(text);
    boolean tls = "smtps".equalsIgnoreCase(url.getScheme());
    if ((!tls && !"smtp".equalsIgnoreCase(url.getScheme())) || url.getHost() == null) {
      throw new IllegalArgumentException(EXPECTED);
    }
    Map<String, String> settings = new HashMap<>();
    settings.put("quarkus.mailer.mock", "false");
    settings.put("quarkus.mailer.host", url.getHost());
    settings.put(
        "quarkus.mailer.port",
        Integer.toString(url.getPort() > 0 ? url.getPort() : tls ? 465 : 587));
    settings.put("quarkus.mailer.tls", Boolean.toString(tls));
    settings.put("quarkus.mailer.start-tls", "OPTIONAL");
    String user = url.getRawUserInfo();
    if (user != null) {
      int colon = user.indexOf(':');
      settings.put("quarkus.mailer.username", decoded(colon < 0 ? user : user.substring(0, colon)));
      settings.put("quarkus.mailer.password", colon < 0 ? "" : decoded(user.substring(colon + 1)));
      if (!tls) {
        settings.put("quarkus.mailer.start-tls", "REQUIRED");
      }
    }
    return settings;
  }

  private static URI parsed(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException malformed) {
      // Not told as a cause: its message would hold the password.
      throw new IllegalArgumentException(EXPECTED);
    }
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
