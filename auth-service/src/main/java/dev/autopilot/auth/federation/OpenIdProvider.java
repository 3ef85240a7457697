package dev.autopilot.auth.federation;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.autopilot.kernel.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A provider that speaks OpenID Connect Core 1.0 and tells its addresses by discovery. */
final class OpenIdProvider implements Provider {
  private static final Logger LOG = Logger.getLogger(OpenIdProvider.class);
  private static final Duration DISCOVERY_KEPT = Duration.ofHours(1);
  private static final long KEYS_KEPT = Duration.ofMinutes(15).toMillis();
  private static final long KEYS_TIMEOUT = Duration.ofSeconds(15).toMillis();

  /** Signatures that only the provider can make; never "none", nor one by the shared secret. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  /** Microsoft has one document for all tenants, and each tenant's tokens name the tenant. */
  private static final String ANY_TENANT = "{tenantid}";

  private static final String TENANT = "tenant-of-the-token";
  private static final Pattern TENANT_ID = Pattern.compile("[0-9a-fA-F-]{36}");

  private final Registration registration;
  private final ProviderClient client;
  private final Clock clock;
  private volatile @Nullable Discovered discovered;

  OpenIdProvider(Registration registration, ProviderClient client, Clock clock) {
    this.registration = registration;
    this.client = client;
    this.clock = clock;
  }

  /** What the provider says of itself, and its keys. */
  private record Discovered(
      OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys, Instant until) {}

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
    return new AuthenticationRequest.Builder(
            ResponseType.CODE,
            registration.scopes(),
            registration.clientId(),
            registration.redirect())
        .endpointURI(discovery().metadata().getAuthorizationEndpointURI())
        .state(secrets.state())
        .nonce(secrets.nonce())
        .codeChallenge(secrets.verifier(), CodeChallengeMethod.S256)
        .build()
        .toURI();
  }

  @Override
  public ForeignIdentity identify(AuthorizationCode code, Handshake.Secrets secrets) {
    Discovered provider = discovery();
    try {
      OIDCTokenResponse tokens = redeem(provider.metadata(), code, secrets);
      @Nullable JWT idToken = tokens.getOIDCTokens().getIDToken();
      if (idToken == null) {
        throw new ParseException("There is no ID token");
      }
      IDTokenClaimsSet claims = validator(provider, idToken).validate(idToken, secrets.nonce());
      ForeignIdentity identity = identity(claims, claims);
      URI userInfo = provider.metadata().getUserInfoEndpointURI();
      return identity.email() != null || userInfo == null
          ? identity
          : identity(claims, ask(userInfo, tokens.getOIDCTokens().getAccessToken(), claims));
    } catch (IOException | KeySourceException away) {
      throw unavailable(away);
    } catch (ParseException | java.text.ParseException | BadJOSEException | JOSEException invalid) {
      LOG.warnf("The provider %s gave an invalid answer: %s", name(), invalid.getMessage());
      throw FederationError.OIDC_ANSWER_INVALID.problem();
    }
  }

  private OIDCTokenResponse redeem(
      OIDCProviderMetadata metadata, AuthorizationCode code, Handshake.Secrets secrets)
      throws IOException, ParseException {
    AuthorizationCodeGrant grant =
        new AuthorizationCodeGrant(code, registration.redirect(), secrets.verifier());
    TokenRequest request =
        new TokenRequest.Builder(metadata.getTokenEndpointURI(), credential(metadata), grant)
            .build();
    TokenResponse answer = OIDCTokenResponseParser.parse(client.ask(request.toHTTPRequest()));
    if (!answer.indicatesSuccess()) {
      LOG.warnf(
          "The provider %s refuses to redeem a code: %s",
          name(), answer.toErrorResponse().getErrorObject().getCode());
      throw FederationError.OIDC_ANSWER_INVALID.problem();
    }
    return (OIDCTokenResponse) answer.toSuccessResponse();
  }

  /** HTTP Basic is what every provider must understand, unless it says that it doesn't. */
  private ClientAuthentication credential(OIDCProviderMetadata metadata) {
    var methods = metadata.getTokenEndpointAuthMethods();
    return methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        ? new ClientSecretBasic(registration.clientId(), registration.clientSecret())
        : new ClientSecretPost(registration.clientId(), registration.clientSecret());
  }

  private IDTokenValidator validator(Discovered provider, JWT idToken)
      throws java.text.ParseException {
    String issuer = provider.metadata().getIssuer().getValue();
    if (issuer.contains(TENANT)) {
      String tenant = idToken.getJWTClaimsSet().getStringClaim("tid");
      if (tenant == null || !TENANT_ID.matcher(tenant).matches()) {
        throw new java.text.ParseException("The token names no tenant", 0);
      }
      issuer = issuer.replace(TENANT, tenant);
    }
    return new IDTokenValidator(
        new Issuer(issuer),
        registration.clientId(),
        new JWSVerificationKeySelector<>(ALGORITHMS, provider.keys()),
        null);
  }

  /** Some providers tell the address only there. What it says must be about the same person. */
  private UserInfo ask(URI userInfo, AccessToken token, IDTokenClaimsSet claims)
      throws IOException, ParseException {
    UserInfoResponse answer =
        UserInfoResponse.parse(client.ask(new UserInfoRequest(userInfo, token).toHTTPRequest()));
    if (!answer.indicatesSuccess()) {
      throw new IOException("Asked about the person it answers with an error");
    }
    UserInfo about = answer.toSuccessResponse().getUserInfo();
    if (about == null || !about.getSubject().equals(claims.getSubject())) {
      throw new ParseException("The answer is about somebody else");
    }
    return about;
  }

  private ForeignIdentity identity(IDTokenClaimsSet token, ClaimsSet about) {
    String name = about.getStringClaim("name");
    return new ForeignIdentity(
        token.getIssuer().getValue(),
        token.getSubject().getValue(),
        about.getStringClaim("email"),
        registration.trustEmail()
            || isTrue(about.getClaim("email_verified"))
            // Microsoft's name for it: the domain's owner vouches for the address.
            || isTrue(about.getClaim("xms_edov")),
        name == null ? about.getStringClaim("preferred_username") : name);
  }

  /** Not every provider writes it as a boolean. */
  private static boolean isTrue(@Nullable Object claim) {
    return Boolean.TRUE.equals(claim)
        || "true".equals(claim)
        || "1".equals(claim)
        || (claim instanceof Number number && number.intValue() == 1);
  }

  /** Asked once an hour; an older answer will do while the provider is away. */
  private Discovered discovery() {
    Discovered known = discovered;
    if (known != null && clock.instant().isBefore(known.until())) {
      return known;
    }
    try {
      Discovered fresh = discover();
      discovered = fresh;
      return fresh;
    } catch (IOException | ParseException failure) {
      if (known == null) {
        throw unavailable(failure);
      }
      LOG.warnf("The provider %s can't be discovered again: %s", name(), failure.getMessage());
      return known;
    }
  }

  private Discovered discover() throws IOException, ParseException {
    String issuer = registration.issuer().toString();
    String path = issuer.endsWith("/") ? issuer : issuer + "/";
    String document = client.text(URI.create(path + ".well-known/openid-configuration"));
    boolean manyTenants =
        registration.preset() == Preset.MICROSOFT && document.contains(ANY_TENANT);
    OIDCProviderMetadata metadata =
        OIDCProviderMetadata.parse(manyTenants ? document.replace(ANY_TENANT, TENANT) : document);
    String said = metadata.getIssuer().getValue();
    if (manyTenants
        ? !said.startsWith(registration.issuer().resolve("/").toString())
        : !said.equals(issuer)) {
      throw new ParseException("It says that it is " + said);
    }
    requireAddress(metadata.getAuthorizationEndpointURI());
    requireAddress(metadata.getTokenEndpointURI());
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.create(requireAddress(metadata.getJWKSetURI()).toURL(), client)
            .cache(KEYS_KEPT, KEYS_TIMEOUT)
            .refreshAheadCache(false)
            .outageTolerant(true)
            .build();
    return new Discovered(metadata, keys, clock.instant().plus(DISCOVERY_KEPT));
  }

  private static URI requireAddress(@Nullable URI address) throws ParseException {
    if (address == null
        || address.getHost() == null
        || !("https".equals(address.getScheme()) || "http".equals(address.getScheme()))) {
      throw new ParseException("An address is missing or is none: " + address);
    }
    return address;
  }

  private ProblemException unavailable(Exception why) {
    LOG.warnf("The provider %s can't be asked: %s", name(), why.getMessage());
    return FederationError.OIDC_PROVIDER_UNAVAILABLE.problem();
  }
}
