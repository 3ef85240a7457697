package dev.autopilot.gateway.token;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autopilot.gateway.authority.Authority;
import dev.autopilot.gateway.exchange.Principal;
import dev.autopilot.kernel.identity.InvalidTokenException;
import dev.autopilot.kernel.identity.TokenVerifier;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Exchanges personal access tokens for short access tokens at auth-service (RFC 8693), which is all
 * that the services behind the gateway understand.
 */
@ApplicationScoped
class PersonalTokens {
  private static final Logger LOG = Logger.getLogger(PersonalTokens.class);
  private static final String PREFIX = "ap_";
  private static final int MAX_LENGTH = 256;
  private static final String FORM =
      "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
          + "&subject_token_type=urn%3Aautopilot%3Aparams%3Aoauth%3Atoken-type%3Apersonal-access-token"
          + "&subject_token=";

  private final Authority authority;
  private final TokenVerifier verifier;
  private final ObjectMapper json;

  PersonalTokens(Authority authority, TokenVerifier verifier, ObjectMapper json) {
    this.authority = authority;
    this.verifier = verifier;
    this.json = json;
  }

  @RegisterForReflection
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Exchanged(@JsonProperty("access_token") String accessToken) {}

  static boolean isOne(String token) {
    return token.startsWith(PREFIX);
  }

  /**
   * Whose the token is; null when it is worth nothing. Blocks.
   *
   * @throws ProblemException 503 when auth-service can't be asked
   */
  Principal exchange(String token) throws InvalidTokenException {
    if (token.length() > MAX_LENGTH) {
      throw CommonError.UNAUTHENTICATED.problem();
    }
    try {
      Authority.Answer answer =
          authority.post(
              "/internal/token", FORM + URLEncoder.encode(token, StandardCharsets.UTF_8));
      if (answer.status() == 200) {
        Exchanged exchanged = json.readValue(answer.body(), Exchanged.class);
        return Principal.of(verifier.verify(exchanged.accessToken()));
      }
      if (answer.status() == 400) {
        throw CommonError.UNAUTHENTICATED.problem();
      }
      LOG.warnf("auth-service answers %d when asked to exchange a token", answer.status());
      throw away();
    } catch (IOException unreachable) {
      LOG.debugf("auth-service can't be asked to exchange a token: %s", unreachable);
      throw away();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw away();
    }
  }

  private static ProblemException away() {
    return CommonError.UNAVAILABLE
        .problem("Personal access tokens can't be checked just now.")
        .retryAfter(Duration.ofSeconds(1));
  }
}
