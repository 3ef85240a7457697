package dev.autopilot.auth.federation;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * GitHub, and GitHub Enterprise Server: OAuth 2.0 with PKCE. There is no ID token; who somebody is
 * says the REST interface, asked with the access token that came straight from GitHub.
 */
final class GitHubProvider implements Provider {
  private static final Logger LOG = Logger.getLogger(GitHubProvider.class);
  private static final String CLOUD = "github.com";

  private final Registration registration;
  private final ProviderClient client;
  private final String site;
  private final String api;

  GitHubProvider(Registration registration, ProviderClient client) {
    this.registration = registration;
    this.client = client;
    this.site = registration.issuer().toString().replaceAll("/$", "");
    this.api =
        CLOUD.equals(registration.issuer().getHost()) ? "https://api.github.com" : site + "/api/v3";
  }

  @Override
  public String name() {
    return registration.name();
  }

  @Override
  public String title() {
    return registration.title();
  }

  @Override
  public URI doorFor(Handshake.Secrets secrets) {
    return new AuthorizationRequest.Builder(ResponseType.CODE, registration.clientId())
        .endpointURI(URI.create(site + "/login/oauth/authorize"))
        .redirectionURI(registration.redirect())
        .scope(registration.scopes())
        .state(secrets.state())
        .codeChallenge(secrets.verifier(), CodeChallengeMethod.S256)
        .build()
        .toURI();
  }

  @Override
  public ForeignIdentity identify(AuthorizationCode code, Handshake.Secrets secrets) {
    try {
      AccessToken token = redeem(code, secrets);
      Map<String, Object> user = ask("/user", token).getBodyAsJSONObject();
      if (!(user.get("id") instanceof Number id)) {
        throw new ParseException("There is no id");
      }
      String email = null;
      for (Object entry : ask("/user/emails", token).getBodyAsJSONArray()) {
        if (entry instanceof Map<?, ?> address
            && Boolean.TRUE.equals(address.get("primary"))
            && Boolean.TRUE.equals(address.get("verified"))) {
          email = text(address.get("email"));
        }
      }
      String name = text(user.get("name"));
      // The number stays the same when the login is renamed and given to somebody else.
      return new ForeignIdentity(
          site,
          Long.toString(id.longValue()),
          email,
          email != null,
          name == null ? text(user.get("login")) : name);
    } catch (IOException away) {
      LOG.warnf("The provider %s can't be asked: %s", name(), away.getMessage());
      throw FederationError.OIDC_PROVIDER_UNAVAILABLE.problem();
    } catch (ParseException invalid) {
      LOG.warnf("The provider %s gave an invalid answer: %s", name(), invalid.getMessage());
      throw FederationError.OIDC_ANSWER_INVALID.problem();
    }
  }

  private AccessToken redeem(AuthorizationCode code, Handshake.Secrets secrets)
      throws IOException, ParseException {
    HTTPRequest request =
        new TokenRequest.Builder(
                URI.create(site + "/login/oauth/access_token"),
                new ClientSecretPost(registration.clientId(), registration.clientSecret()),
                new AuthorizationCodeGrant(code, registration.redirect(), secrets.verifier()))
            .build()
            .toHTTPRequest();
    request.setAccept("application/json");
    // GitHub tells of errors with status 200: then there is no token, and parsing fails.
    TokenResponse answer = TokenResponse.parse(client.ask(request));
    if (!answer.indicatesSuccess()) {
      throw new ParseException("It refuses to redeem the code");
    }
    return answer.toSuccessResponse().getTokens().getAccessToken();
  }

  private HTTPResponse ask(String path, AccessToken token) throws IOException {
    HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, URI.create(api + path));
    request.setAuthorization(token.toAuthorizationHeader());
    request.setAccept("application/json");
    request.setHeader("User-Agent", "Autopilot");
    HTTPResponse answer = client.ask(request);
    if (answer.getStatusCode() != HTTPResponse.SC_OK) {
      throw new IOException(path + " answers " + answer.getStatusCode());
    }
    return answer;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof String text ? text : null;
  }
}
