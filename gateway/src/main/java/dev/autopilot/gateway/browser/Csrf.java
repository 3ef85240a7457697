package dev.autopilot.gateway.browser;

import dev.autopilot.gateway.exchange.Exchange;
import dev.autopilot.gateway.exchange.Gate;
import dev.autopilot.gateway.exchange.Principal;
import dev.autopilot.kernel.identity.AccessToken;
import dev.autopilot.kernel.start.MasterKey;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A browser sends a session's cookie whichever page made it ask. Unsafe methods must therefore also
 * show a token that only a page of ours could have been given, bound to the session, and come from
 * an origin that is trusted.
 */
@ApplicationScoped
public class Csrf implements Gate {
  private static final String HEADER = "X-CSRF-Token";
  private static final String HMAC = "HmacSHA256";
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final Cors cors;
  private final SecretKeySpec key;

  Csrf(Cors cors, MasterKey masterKey) {
    this.cors = cors;
    this.key = new SecretKeySpec(masterKey.derive("csrf"), HMAC);
  }

  @Override
  public Future<Boolean> admit(Exchange exchange) {
    if (!exchange.isByCookie() || SAFE.contains(exchange.request().method())) {
      return PASS;
    }
    MultiMap headers = exchange.request().headers();
    String origin = headers.get(HttpHeaders.ORIGIN);
    if (origin != null && !cors.trusts(origin)) {
      throw BrowserError.CSRF_FAILED.problem("Pages of this origin may not use the session.");
    }
    String shown = headers.get(HEADER);
    UUID session = session(exchange.principal());
    if (shown == null
        || session == null
        || !MessageDigest.isEqual(ascii(shown), ascii(expected(session)))) {
      throw BrowserError.CSRF_FAILED.problem(
          "X-CSRF-Token is missing or belongs to no such session.");
    }
    return PASS;
  }

  private static @Nullable UUID session(@Nullable Principal principal) {
    AccessToken token = principal == null ? null : principal.token();
    return token == null ? null : token.sessionId();
  }

  private String expected(UUID session) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(ascii(session.toString())));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
