package dev.autopilot.e2e;

import dev.autopilot.e2e.journey.Journey;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;

/** {@code ./autopilot demo}: the journey, narrated, against a running suite. */
public final class Demo {
  private final PrintStream out;

  private Demo(PrintStream out) {
    this.out = out;
  }

  /** Takes the gateway's address. */
  public static void main(String[] arguments) {
    URI gateway = URI.create(arguments.length > 0 ? arguments[0] : "http://localhost:8080");
    System.exit(new Demo(System.out).run(gateway) ? 0 : 1);
  }

  private boolean run(URI gateway) {
    out.printf("A journey through %s%n%n", gateway);
    long start = System.nanoTime();
    try {
      new Journey(gateway, this::tell).travel();
      out.printf(
          "%nArrived after %.1f s. The API stands at %s/openapi%n",
          seconds(Duration.ofNanos(System.nanoTime() - start)), gateway);
      return true;
    } catch (UnexpectedAnswer broken) {
      out.printf("%nThe journey ends here. %s%n", broken.getMessage());
    } catch (RuntimeException failure) {
      out.printf(
          failure.getCause() instanceof ConnectException
              ? "Nothing answers at %s. Is it running? ./autopilot up%n"
              : "%nThe journey ends here. %s%n",
          failure.getCause() instanceof ConnectException ? gateway : failure);
    }
    return false;
  }

  private void tell(String step, Duration took) {
    out.printf("  %6.2f s  %s%n", seconds(took), step);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
