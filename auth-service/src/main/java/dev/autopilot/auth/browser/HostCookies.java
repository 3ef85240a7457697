package dev.autopilot.auth.browser;

import dev.autopilot.kernel.start.Settings;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.util.Optional;

/**
 * Cookies that no script reads and no other host sees or sets: {@code __Host-} binds them to this
 * host over https. Where the public address is plain http, on a laptop, browsers would refuse that,
 * and they go without.
 */
@ApplicationScoped
public class HostCookies {
  private final boolean secure;

  HostCookies(Settings settings) {
    this.secure = "https".equalsIgnoreCase(settings.publicUrl().getScheme());
  }

  public NewCookie make(String name, String value, Duration life, NewCookie.SameSite sameSite) {
    return new NewCookie.Builder(prefixed(name))
        .value(value)
        .path("/")
        .httpOnly(true)
        .secure(secure)
        .sameSite(sameSite)
        .maxAge(Math.toIntExact(life.toSeconds()))
        .build();
  }

  public Optional<String> read(HttpServerRequest request, String name) {
    return Optional.ofNullable(request.getCookie(prefixed(name)))
        .map(Cookie::getValue)
        .filter(value -> !value.isEmpty());
  }

  private String prefixed(String name) {
    return secure ? "__Host-" + name : name;
  }
}
