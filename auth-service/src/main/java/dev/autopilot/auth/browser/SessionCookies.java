package dev.autopilot.auth.browser;

import dev.autopilot.kernel.start.Settings;
import io.vertx.core.http.Cookie;
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

/**
 * The two cookies of a browser session. {@code __Host-} binds them to this host over https; where
 * the public address is plain http, on a laptop, browsers would refuse that, and they go without.
 */
@ApplicationScoped
public class SessionCookies {
  private static final String ACCESS = "autopilot_access";
  private static final String REFRESH = "autopilot_refresh";

  private final boolean secure;
  private final Set<String> origins;

  SessionCookies(Settings settings, BrowserSettings browser) {
    this.secure = "https".equalsIgnoreCase(settings.publicUrl().getScheme());
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
      cookie(ACCESS, accessToken, accessLife, NewCookie.SameSite.LAX),
      cookie(REFRESH, refreshToken, refreshLife, NewCookie.SameSite.STRICT)
    };
  }

  /** What makes a browser forget both. */
  public NewCookie[] clear() {
    return set("", Duration.ZERO, "", Duration.ZERO);
  }

  public boolean arePresentIn(HttpServerRequest request) {
    return refreshToken(request).isPresent() || request.getCookie(name(ACCESS)) != null;
  }

  public Optional<String> refreshToken(HttpServerRequest request) {
    return Optional.ofNullable(request.getCookie(name(REFRESH)))
        .map(Cookie::getValue)
        .filter(value -> !value.isEmpty());
  }

  /** Refuses with 403 a page of another origin. Programs that aren't browsers send none. */
  public void requireOwnPage(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    if (origin != null && !origins.contains(origin.toLowerCase(Locale.ROOT))) {
      throw BrowserError.CSRF_FAILED.problem();
    }
  }

  private NewCookie cookie(String name, String value, Duration life, NewCookie.SameSite sameSite) {
    return new NewCookie.Builder(name(name))
        .value(value)
        .path("/")
        .httpOnly(true)
        .secure(secure)
        .sameSite(sameSite)
        .maxAge(Math.toIntExact(life.toSeconds()))
        .build();
  }

  private String name(String name) {
    return secure ? "__Host-" + name : name;
  }

  private static String originOf(URI address) {
    return address.getScheme() + "://" + address.getRawAuthority();
  }
}
