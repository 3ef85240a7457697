package dev.autopilot.auth.browser;

import dev.autopilot.kernel.start.Settings;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The two cookies of a browser session, and whose pages may use them. */
@ApplicationScoped
public class SessionCookies {
  private static final String ACCESS = "autopilot_access";
  private static final String REFRESH = "autopilot_refresh";

  private final HostCookies cookies;
  private final Set<String> origins;

  SessionCookies(HostCookies cookies, Settings settings, BrowserSettings browser) {
    this.cookies = cookies;
    this.origins =
        Stream.concat(
                Stream.of(originOf(settings.publicUrl())),
                browser.allowedOrigins().orElse(List.of()).stream())
            .map(origin -> origin.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Both cookies, as new as the tokens in them. */
  public NewCookie[] set(
      String accessToken, Duration accessLife, String refreshToken, Duration refreshLife) {
    return new NewCookie[] {
      cookies.make(ACCESS, accessToken, accessLife, NewCookie.SameSite.LAX),
      cookies.make(REFRESH, refreshToken, refreshLife, NewCookie.SameSite.STRICT)
    };
  }

  /** What makes a browser forget both. */
  public NewCookie[] clear() {
    return set("", Duration.ZERO, "", Duration.ZERO);
  }

  public boolean arePresentIn(HttpServerRequest request) {
    return refreshToken(request).isPresent() || cookies.read(request, ACCESS).isPresent();
  }

  public Optional<String> refreshToken(HttpServerRequest request) {
    return cookies.read(request, REFRESH);
  }

  /** Refuses with 403 a page of another origin. Programs that aren't browsers send none. */
  public void requireOwnPage(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    if (origin != null && !isOwnOrigin(origin)) {
      throw BrowserError.CSRF_FAILED.problem();
    }
  }

  /** Whether it is the public address's, or one that the operator added. */
  public boolean isOwnOrigin(String origin) {
    return origins.contains(origin.toLowerCase(Locale.ROOT));
  }

  public static String originOf(URI address) {
    return address.getScheme() + "://" + address.getRawAuthority();
  }
}
