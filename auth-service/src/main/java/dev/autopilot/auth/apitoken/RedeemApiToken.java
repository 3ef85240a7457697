package dev.autopilot.auth.apitoken;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.account.Accounts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds out what a personal access token allows now. */
@ApplicationScoped
public class RedeemApiToken {
  private final ApiTokens tokens;
  private final Accounts accounts;
  private final Clock clock;

  RedeemApiToken(ApiTokens tokens, Accounts accounts, Clock clock) {
    this.tokens = tokens;
    this.accounts = accounts;
    this.clock = clock;
  }

  /**
   * @param scopes those it was given that its owner may still use
   */
  public record Redeemed(
      UUID tokenId, Account owner, Set<String> scopes, @Nullable Instant expiresAt) {}

  /** Nothing for what is no token, unknown, revoked or expired. */
  @Transactional
  public Optional<Redeemed> redeem(String presented) {
    Instant now = clock.instant();
    return PersonalToken.parse(presented)
        .flatMap(token -> tokens.withHash(token.hash()))
        .filter(token -> token.isGoodAt(now))
        .flatMap(token -> {
          tokens.used(token, now);
          return accounts
              .findByIdOptional(token.accountId())
              .map(owner ->
                  new Redeemed(
                      token.id(),
                      owner,
                      Scopes.narrowed(token.scopes(), accounts.scopesOf(owner)),
                      token.expiresAt()));
        });
  }
}
