package dev.autopilot.auth.federation;

import dev.autopilot.auth.browser.SessionCookies;
import dev.autopilot.auth.secret.OpaqueToken;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.ProblemException;
import dev.autopilot.kernel.start.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a sign-in may lead back to: the pages of the public address, and programs. A program waits
 * on the own machine (RFC 8252, section 7.3) or at an origin that the operator allowed. Anywhere
 * else a ticket could be caught, or people be led astray.
 */
@ApplicationScoped
class Landings {
  private static final String CONSOLE = "/app/";
  private static final int SHA256_BYTES = 32;
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

  private final SessionCookies pages;
  private final URI publicUrl;

  Landings(SessionCookies pages, Settings settings) {
    this.pages = pages;
    this.publicUrl = settings.publicUrl();
  }

  /**
   * @param returnTo path of a page, by default the console's
   * @param redirectUri where a program waits, together with its challenge
   */
  Landing of(
      @Nullable String returnTo, @Nullable String redirectUri, @Nullable String codeChallenge) {
    if (redirectUri == null && codeChallenge == null) {
      return new Landing(page(returnTo == null ? CONSOLE : returnTo), null);
    }
    if (redirectUri == null || codeChallenge == null || returnTo != null) {
      throw CommonError.VALIDATION_FAILED.at(
          "/redirectUri", "A program gives redirectUri and codeChallenge, a page returnTo alone.");
    }
    return new Landing(program(redirectUri), holder(codeChallenge));
  }

  private URI page(String path) {
    URI page = parsed(path);
    if (page == null
        || !path.startsWith("/")
        || page.getRawAuthority() != null
        || page.getScheme() != null) {
      throw CommonError.VALIDATION_FAILED.at("/returnTo", "Not the path of a page here.");
    }
    return publicUrl.resolve(page);
  }

  private URI program(String redirectUri) {
    URI address = parsed(redirectUri);
    if (address == null || address.getHost() == null || address.getRawFragment() != null) {
      throw refused();
    }
    boolean onTheOwnMachine =
        "http".equals(address.getScheme()) && LOOPBACK.contains(address.getHost());
    if (!onTheOwnMachine && !pages.isOwnOrigin(SessionCookies.originOf(address))) {
      throw refused();
    }
    return address;
  }

  private static ProblemException refused() {
    return CommonError.VALIDATION_FAILED.at(
        "/redirectUri", "Neither on the own machine nor at an origin that is allowed here.");
  }

  private static Holder holder(String challenge) {
    try {
      byte[] hash = Base64.getUrlDecoder().decode(challenge);
      if (hash.length == SHA256_BYTES) {
        return new Holder(OpaqueToken.of(hash).value());
      }
    } catch (IllegalArgumentException malformed) {
      // Refused like any other that is no S256 challenge.
    }
    throw CommonError.VALIDATION_FAILED.at(
        "/codeChallenge", "Not the base64url of a SHA-256 (RFC 7636, S256).");
  }

  private static @Nullable URI parsed(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
