package dev.autopilot.auth.exchange;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.account.Role;
import dev.autopilot.auth.apitoken.RedeemApiToken;
import dev.autopilot.auth.apitoken.Scopes;
import dev.autopilot.auth.session.AccessTokens;
import dev.autopilot.kernel.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives a short access token for something else that was proved. */
@ApplicationScoped
class ExchangeToken {
  private static final String ISSUED_TYPE = "urn:ietf:params:oauth:token-type:access_token";
  private static final Set<String> MAY_ACT_FOR_THE_ABSENT =
      Set.of("workflow", "integration", "chat");

  private final RedeemApiToken redeem;
  private final AccessTokens accessTokens;
  private final ExchangeLog log;
  private final ExchangeSettings settings;
  private final Clock clock;

  ExchangeToken(
      RedeemApiToken redeem,
      AccessTokens accessTokens,
      ExchangeLog log,
      ExchangeSettings settings,
      Clock clock) {
    this.redeem = redeem;
    this.accessTokens = accessTokens;
    this.log = log;
    this.settings = settings;
    this.clock = clock;
  }

  /** For a personal access token that somebody showed the gateway. */
  @Transactional
  public ExchangedToken personalToken(String service, String presented, @Nullable String scope) {
    if (!service.equals("gateway")) {
      throw new OAuthRefusal("unauthorized_client", "Only the gateway exchanges personal tokens.");
    }
    RedeemApiToken.Redeemed redeemed =
        redeem
            .redeem(presented)
            .orElseThrow(() ->
                new OAuthRefusal("invalid_grant", "The token is unknown, expired or revoked."));
    Account owner = redeemed.owner();
    Set<String> scopes = narrowed(scope, redeemed.scopes());
    // An administrator's token is an administrator's only where it says so.
    List<String> roles = scopes.contains("admin") ? owner.role().names() : Role.USER.names();
    return issue(
        Ids.next(),
        new AccessTokens.Grant(owner.id(), redeemed.tokenId(), roles, scopes, List.of("pat"), null),
        lifetimeUntil(redeemed.expiresAt()));
  }

  /** For a person who isn't there, so that a service can go on working for them. */
  @Transactional
  public ExchangedToken absentPerson(String service, String subject, @Nullable String scope) {
    if (!MAY_ACT_FOR_THE_ABSENT.contains(service)) {
      throw new OAuthRefusal("unauthorized_client", "This service acts for nobody.");
    }
    if (scope == null || scope.isBlank()) {
      throw new OAuthRefusal("invalid_scope", "Name the scopes that the work needs.");
    }
    UUID person = id(subject);
    Set<String> scopes = narrowed(scope, Role.USER.scopes());
    UUID jti = Ids.next();
    if (!log.note(service, person, scopes, jti, clock.instant())) {
      throw new OAuthRefusal("invalid_grant", "There is no such person.");
    }
    return issue(
        jti,
        new AccessTokens.Grant(person, null, Role.USER.names(), scopes, List.of(), service),
        settings.lifetime());
  }

  private ExchangedToken issue(UUID jti, AccessTokens.Grant grant, Duration lifetime) {
    String signed = accessTokens.issue(jti, grant, lifetime);
    return new ExchangedToken(
        signed, ISSUED_TYPE, "Bearer", lifetime.toSeconds(), joined(grant.scopes()));
  }

  /** What a token is exchanged for outlives it by nothing. */
  private Duration lifetimeUntil(@Nullable Instant end) {
    if (end == null) {
      return settings.lifetime();
    }
    Duration left = Duration.between(clock.instant(), end);
    return left.compareTo(settings.lifetime()) < 0 ? left : settings.lifetime();
  }

  private static Set<String> narrowed(@Nullable String wanted, Set<String> allowed) {
    if (wanted == null || wanted.isBlank()) {
      return allowed;
    }
    Set<String> scopes = Scopes.parse(wanted);
    if (!Scopes.areWithin(scopes, allowed)) {
      throw new OAuthRefusal("invalid_scope", "At most: " + joined(allowed) + ".");
    }
    return scopes;
  }

  private static UUID id(String subject) {
    try {
      return UUID.fromString(subject);
    } catch (IllegalArgumentException malformed) {
      throw new OAuthRefusal("invalid_request", "The subject_token is no user's id.");
    }
  }

  private static String joined(Collection<String> scopes) {
    return String.join(" ", scopes.stream().sorted().toList());
  }
}
