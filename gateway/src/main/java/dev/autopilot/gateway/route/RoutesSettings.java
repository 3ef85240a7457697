package dev.autopilot.gateway.route;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The routing table as it is configured; what is not in it is 404. */
@ConfigMapping(prefix = "gateway.routes")
public interface RoutesSettings {
  /** The routes by name; the name is what metrics and logs call them. */
  @WithParentName
  Map<String, RouteSettings> routes();

  /** Paths that are treated alike. */
  interface RouteSettings {
    /**
     * Prefixes of whole segments: {@code /api/records} is also {@code /api/records/7/history}. A
     * {@code *} stands for one segment; {@code /} alone is only itself. The longest match wins.
     */
    List<String> paths();

    /** Which of {@code autopilot.services} answers. */
    String service();

    /** {@code token} or {@code public}. */
    @WithDefault("token")
    Access access();

    /** The whole exchange; with {@code streaming} the time until the answer begins. */
    @WithDefault("30s")
    Duration timeout();

    /** The longest silence of a stream, in either direction. */
    @WithDefault("60s")
    Duration idleTimeout();

    /** The largest request body; larger ones are 413. */
    @WithDefault("1M")
    MemorySize bodyLimit();

    /**
     * Which of the rate limits applies; {@code exempt} means none, and where the route is public
     * too nobody looks at who asks.
     */
    @WithDefault("default")
    String rateClass();

    /** Bodies may go on for as long as they move. Server-sent events always may. */
    @WithDefault("false")
    boolean streaming();

    /**
     * For how long an answer to a GET without a query may be given again, where it is the same for
     * everybody; nothing is kept by default.
     */
    @WithDefault("0s")
    Duration snapshot();

    /** What browsers may do with answers that don't say so themselves. */
    @WithDefault("default-src 'none'; frame-ancestors 'none'; sandbox")
    String contentSecurityPolicy();

    /** Whether text may be compressed; not where answers hold secrets beside what others chose. */
    @WithDefault("true")
    boolean compress();

    /** The shape of errors that the gateway makes here. */
    @WithDefault("problem")
    Dialect errors();

    /**
     * The rest of the path belongs to somebody else's server, so that encoded slashes and path
     * parameters are passed on rather than refused.
     */
    @WithDefault("false")
    boolean opaquePath();
  }
}
