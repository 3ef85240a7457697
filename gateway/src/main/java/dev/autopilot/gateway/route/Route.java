package dev.autopilot.gateway.route;

import dev.autopilot.gateway.route.RoutesSettings.RouteSettings;

/**
 * What holds for the paths of one pattern.
 *
 * @param name how metrics and logs call it
 * @param segments how many segments the pattern has; more is more specific
 * @param timeoutNanos until the answer has ended, or begun if it streams
 * @param idleNanos the longest silence of a stream
 * @param bodyLimit in bytes
 * @param snapshotNanos for how long an answer that is the same for everybody is given again
 */
public record Route(
    String name,
    String pattern,
    int segments,
    String service,
    Access access,
    long timeoutNanos,
    long idleNanos,
    long bodyLimit,
    String rateClass,
    boolean streaming,
    long snapshotNanos,
    String contentSecurityPolicy,
    boolean compress,
    Dialect errors,
    boolean opaquePath) {

  /** The service of what the gateway answers itself. */
  public static final String ANSWERED_HERE = "gateway";

  /** The rate class of routes without limits. */
  public static final String EXEMPT = "exempt";

  /** Where paths lead that nobody knows: to the gateway, which has nothing there. */
  static Route nowhere() {
    return new Route(
        "nowhere",
        "",
        0,
        ANSWERED_HERE,
        Access.PUBLIC,
        1,
        1,
        Long.MAX_VALUE,
        "default",
        false,
        0,
        "default-src 'none'; frame-ancestors 'none'",
        false,
        Dialect.PROBLEM,
        true);
  }

  static Route of(String name, String pattern, int segments, RouteSettings settings) {
    return new Route(
        name,
        pattern,
        segments,
        settings.service(),
        settings.access(),
        settings.timeout().toNanos(),
        settings.idleTimeout().toNanos(),
        settings.bodyLimit().asLongValue(),
        settings.rateClass(),
        settings.streaming(),
        settings.snapshot().toNanos(),
        settings.contentSecurityPolicy(),
        settings.compress(),
        settings.errors(),
        settings.opaquePath());
  }

  public boolean isAnsweredHere() {
    return service.equals(ANSWERED_HERE);
  }

  public boolean isPublic() {
    return access == Access.PUBLIC;
  }

  /** Whether it makes no difference who asks: nobody is refused, and nobody counted. */
  public boolean isForAnybody() {
    return isPublic() && rateClass.equals(EXEMPT);
  }
}
