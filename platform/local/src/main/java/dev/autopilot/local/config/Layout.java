package dev.autopilot.local.config;

import java.nio.file.Path;

/**
 * Where things are.
 *
 * @param root the checkout
 * @param home state, data and logs; {@code .autopilot} unless told otherwise
 * @param aot what makes the next start quicker; may be deleted at any time
 */
public record Layout(Path root, Path home, Path aot) {
  public Layout {
    root = root.toAbsolutePath().normalize();
    home = home.toAbsolutePath().normalize();
    aot = aot.toAbsolutePath().normalize();
  }

  public Layout(Path root, Path home) {
    this(root, home, home.resolve("aot"));
  }

  public static Layout ofSystemProperties() {
    Path root = Path.of(System.getProperty("autopilot.root", "."));
    String home = System.getProperty("autopilot.home");
    return new Layout(root, home == null ? root.resolve(".autopilot") : Path.of(home));
  }

  public Path data() {
    return home.resolve("data");
  }

  public Path logs() {
    return home.resolve("logs");
  }

  public Path run() {
    return home.resolve("run");
  }

  public Path log(String name) {
    return logs().resolve(name + ".log");
  }

  public Path runnerLog() {
    return log("runner");
  }

  public Path secretKey() {
    return home.resolve("secret.key");
  }

  public Path dotEnv() {
    return root.resolve(".env");
  }
}
