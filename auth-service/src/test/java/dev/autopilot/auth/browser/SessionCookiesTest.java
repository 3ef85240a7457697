package dev.autopilot.auth.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.autopilot.kernel.start.Settings;
import jakarta.ws.rs.core.NewCookie;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionCookiesTest {

  @Test
  void overHttpsTheCookiesAreBoundToTheHostAndHiddenFromScripts() {
    NewCookie[] cookies = on("https://autopilot.example.org");

    assertThat(cookies)
        .extracting(NewCookie::getName)
        .containsExactly("__Host-autopilot_access", "__Host-autopilot_refresh");
    assertThat(cookies)
        .allSatisfy(cookie -> {
          assertThat(cookie.isHttpOnly()).isTrue();
          assertThat(cookie.isSecure()).isTrue();
          assertThat(cookie.getPath()).isEqualTo("/");
          assertThat(cookie.getDomain()).isNull();
        });
    assertThat(cookies)
        .extracting(NewCookie::getSameSite)
        .containsExactly(NewCookie.SameSite.LAX, NewCookie.SameSite.STRICT);
    assertThat(cookies).extracting(NewCookie::getMaxAge).containsExactly(600, 86_400);
  }

  @Test
  void onALaptopWithoutTlsTheyHaveOtherNamesSinceBrowsersWouldRefuseThem() {
    NewCookie[] cookies = on("http://localhost:8080");

    assertThat(cookies)
        .extracting(NewCookie::getName)
        .containsExactly("autopilot_access", "autopilot_refresh");
    assertThat(cookies).noneMatch(NewCookie::isSecure).allMatch(NewCookie::isHttpOnly);
  }

  private static NewCookie[] on(String address) {
    Settings settings = new Public(URI.create(address));
    return new SessionCookies(new HostCookies(settings), settings, Optional::<List<String>>empty)
        .set("a", Duration.ofMinutes(10), "r", Duration.ofDays(1));
  }

  private record Public(URI publicUrl) implements Settings {
    @Override
    public String service() {
      return "auth";
    }

    @Override
    public String environment() {
      return "development";
    }

    @Override
    public Optional<String> masterKey() {
      return Optional.empty();
    }

    @Override
    public Optional<String> serviceSecret() {
      return Optional.empty();
    }

    @Override
    public URI jwksUrl() {
      return publicUrl.resolve("/.well-known/jwks.json");
    }

    @Override
    public Map<String, Address> services() {
      return Map.of();
    }
  }
}
