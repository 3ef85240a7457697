package dev.autopilot.auth.session;

import dev.autopilot.auth.account.Accounts;
import dev.autopilot.auth.secret.OpaqueToken;
import dev.autopilot.kernel.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import org.jboss.logging.Logger;

/**
 * Gives new tokens for a refresh token, and notices when one is used that shouldn't be any more.
 */
@ApplicationScoped
class RefreshSession {
  private static final Logger LOG = Logger.getLogger(RefreshSession.class);

  private final RefreshTokens refreshTokens;
  private final Sessions sessions;
  private final Accounts accounts;
  private final HandOutTokens handOut;
  private final RevokeSessions revoke;
  private final SessionSettings settings;
  private final Clock clock;

  RefreshSession(
      RefreshTokens refreshTokens,
      Sessions sessions,
      Accounts accounts,
      HandOutTokens handOut,
      RevokeSessions revoke,
      SessionSettings settings,
      Clock clock) {
    this.refreshTokens = refreshTokens;
    this.sessions = sessions;
    this.accounts = accounts;
    this.handOut = handOut;
    this.revoke = revoke;
    this.settings = settings;
    this.clock = clock;
  }

  /** A refusal is an outcome that is kept: reuse ends the session and is refused at once. */
  @Transactional(dontRollbackOn = ProblemException.class)
  public Tokens refresh(OpaqueToken presented) {
    RefreshTokens.Rotation now =
        refreshTokens.rotate(presented).orElseGet(() -> withinGrace(presented));
    return handOut.tokens(now.account(), now.session(), now.token());
  }

  /** Nothing was rotated. That is well if somebody else has just done it with the same token. */
  private RefreshTokens.Rotation withinGrace(OpaqueToken presented) {
    RefreshTokens.Known known = known(presented);
    if (known.spentAt() == null) {
      throw (known.live() ? SessionError.INVALID_REFRESH_TOKEN : SessionError.SESSION_ENDED)
          .problem();
    }
    if (known.spentAt().plus(settings.refreshGrace()).isBefore(clock.instant())) {
      LOG.warnf("A spent refresh token of session %s was used again", known.sessionId());
      revoke.one(known.accountId(), known.sessionId(), RevocationReason.REFRESH_REUSED);
      throw SessionError.REFRESH_REUSED.problem();
    }
    if (!known.live()) {
      throw SessionError.SESSION_ENDED.problem();
    }
    return new RefreshTokens.Rotation(
        sessions.findById(known.sessionId()),
        accounts.present(known.accountId()),
        youngest(presented, known));
  }

  /**
   * The family's token that is still good. Usually the direct successor; but if that was rotated
   * within the grace as well, handing it out would make a thief of an honest tab.
   */
  private OpaqueToken youngest(OpaqueToken presented, RefreshTokens.Known known) {
    OpaqueToken token = presented;
    RefreshTokens.Known at = known;
    while (at.successor() != null) {
      token = at.successor();
      at = known(token);
    }
    return token;
  }

  private RefreshTokens.Known known(OpaqueToken token) {
    return refreshTokens.find(token).orElseThrow(SessionError.INVALID_REFRESH_TOKEN::problem);
  }
}
