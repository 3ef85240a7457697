package dev.autopilot.auth.apitoken;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.account.Accounts;
import dev.autopilot.auth.session.CurrentSession;
import dev.autopilot.kernel.Ids;
import dev.autopilot.kernel.problem.CommonError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a personal access token. */
@ApplicationScoped
class IssueApiToken {
  private static final int MOST = 100;
  private static final Duration LONGEST = Duration.ofDays(3_653);

  private final ApiTokens tokens;
  private final Accounts accounts;
  private final CurrentSession current;
  private final Clock clock;

  IssueApiToken(ApiTokens tokens, Accounts accounts, CurrentSession current, Clock clock) {
    this.tokens = tokens;
    this.accounts = accounts;
    this.current = current;
    this.clock = clock;
  }

  @Transactional
  public ApiTokenView issue(UUID accountId, ApiTokenResource.TokenRequest request) {
    // Locked, so that the bound holds for those who ask in parallel.
    Account account = accounts.presentForUpdate(accountId);
    current.require(); // still: a reset that ran beside this has ended sessions and tokens alike
    if (tokens.countOf(accountId) >= MOST) {
      throw ApiTokenError.TOO_MANY_TOKENS.problem();
    }
    Instant now = clock.instant();
    PersonalToken token = PersonalToken.random();
    ApiToken stored =
        new ApiToken(
            Ids.next(),
            accountId,
            token,
            request.name().strip(),
            Scopes.grantable(request.scopes(), accounts.scopesOf(account)),
            within(request.expiresAt(), now),
            now);
    tokens.persist(stored);
    return stored.view(token);
  }

  private static @Nullable Instant within(@Nullable Instant expiresAt, Instant now) {
    if (expiresAt != null && expiresAt.isAfter(now.plus(LONGEST))) {
      throw CommonError.VALIDATION_FAILED.at("/expiresAt", "Within ten years.");
    }
    return expiresAt;
  }
}
