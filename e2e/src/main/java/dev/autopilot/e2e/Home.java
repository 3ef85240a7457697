package dev.autopilot.e2e;

import dev.autopilot.embedded.Ports;
import dev.autopilot.local.config.Layout;
import dev.autopilot.local.config.Settings;
import dev.autopilot.local.suite.Deployable;
import dev.autopilot.local.suite.Form;
import dev.autopilot.local.suite.Report;
import dev.autopilot.local.suite.RunState;
import dev.autopilot.local.suite.RunStateFile;
import dev.autopilot.local.suite.Suite;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** A suite of one's own: fresh data in a folder of its own, on free ports, gone when closed. */
public final class Home implements AutoCloseable {
  /** The limits have tests of their own; here they would only stand in the way. */
  private static final String UNLIMITED = "10000000";

  private final Layout layout;
  private final Suite suite;

  private Home(Layout layout, Suite suite) {
    this.layout = layout;
    this.suite = suite;
  }

  /** Starts everything from what has been built, and returns when all of it is ready. */
  public static Home start(PrintStream out) {
    return start(isOfBinaries() ? Form.BINARIES : Form.JARS, out);
  }

  /** Whether the seven are native binaries, which the property {@code autopilot.native} says. */
  public static boolean isOfBinaries() {
    return Boolean.getBoolean("autopilot.native");
  }

  public static Home start(Form form, PrintStream out) {
    Layout layout = new Layout(checkout(), freshFolder(), caches());
    Settings settings =
        Settings.ofBuiltInServers(layout)
            .with("RATE_LIMIT_PER_MINUTE", UNLIMITED)
            .with("RATE_LIMIT_PER_HOUR", UNLIMITED);
    Suite suite =
        new Suite(layout, settings, Ports.free(), form, new Report(out, layout.log("runner")));
    Home home = new Home(layout, suite);
    try {
      suite.start();
      return home;
    } catch (RuntimeException failure) {
      suite.stop();
      throw failure;
    }
  }

  public URI gateway() {
    return URI.create(suite.url());
  }

  /** Where its Kafka listens. */
  public String kafka() {
    return state().kafka();
  }

  /** Its processes, as they are now. */
  public RunState state() {
    return new RunStateFile(layout).read().orElseThrow();
  }

  /** How long one more of it takes from the start of its process to its first ready answer. */
  public Duration timeToReady(Deployable deployable) {
    return suite.timeToReady(deployable);
  }

  /** Logs stay, for whoever wants to know why; data goes. */
  @Override
  public void close() {
    suite.stop();
    erase(layout.data());
  }

  /** Deletes a folder with all that is in it. */
  public static void erase(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(Home::delete);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The folder with the script in it, from wherever this is run. */
  public static Path checkout() {
    Path folder = Path.of(System.getProperty("autopilot.root", ".")).toAbsolutePath().normalize();
    while (!Files.exists(folder.resolve("autopilot"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("This isn't run from within a checkout.");
      }
      folder = parent;
    }
    return folder;
  }

  /** Where what is made by running lies. */
  public static Path target() throws IOException {
    return Files.createDirectories(checkout().resolve("e2e/target"));
  }

  /** The start-up caches of {@code ./autopilot up}: they hold for the jars, whoever starts them. */
  private static Path caches() {
    String given = System.getProperty("autopilot.aot");
    return given == null ? checkout().resolve(".autopilot/aot") : Path.of(given);
  }

  private static Path freshFolder() {
    try {
      return Files.createTempDirectory(target(), "suite-");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
