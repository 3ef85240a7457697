package dev.autopilot.auth.apitoken;

import dev.autopilot.auth.session.Revocations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Ends a personal access token and whatever it was exchanged for. */
@ApplicationScoped
class RevokeApiToken {
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
}
