package dev.autopilot.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * What only the build knows: the version of PostgreSQL's artifact and the class path of the broker.
 */
final class BuildFacts {
  private BuildFacts() {}

  static String get(String key) {
    var facts = new Properties();
    try (InputStream in = open("build.properties")) {
      facts.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String value = facts.getProperty(key);
    if (value == null) {
      throw new IllegalStateException(key + " is missing from build.properties");
    }
    return value;
  }

  static String kafkaClassPath() {
    try (InputStream in = open("kafka.classpath")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) {
    InputStream in = BuildFacts.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException(
          name + " is missing: it is made by the build in the phase generate-resources");
    }
    return in;
  }
}
