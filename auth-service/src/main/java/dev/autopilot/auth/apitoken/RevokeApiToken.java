package dev.autopilot.auth.apitoken;

import dev.autopilot.auth.session.Revocations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Ends personal access tokens and whatever they were exchanged for. */
@ApplicationScoped
public class RevokeApiToken {
  private final ApiTokens tokens;
  private final Revocations revocations;

  RevokeApiToken(ApiTokens tokens, Revocations revocations) {
    this.tokens = tokens;
    this.revocations = revocations;
  }

  @Transactional
  public void revoke(UUID account, UUID id) {
    if (!tokens.deleteOwn(account, id)) {
      throw ApiTokenError.TOKEN_NOT_FOUND.problem();
    }
    revocations.ofSession(id);
  }

  /** All that somebody has, in the transaction that decided so. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void all(UUID account) {
    tokens.deleteAllOf(account).forEach(revocations::ofSession);
  }
}
