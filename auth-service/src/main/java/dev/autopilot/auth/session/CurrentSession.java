package dev.autopilot.auth.session;

import dev.autopilot.kernel.identity.Caller;
import dev.autopilot.kernel.identity.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Who is asking, and on which device. The gateway refuses the tokens of ended sessions; here, where
 * accounts are changed, the table itself is asked.
 */
@ApplicationScoped
public class CurrentSession {
  private final Identity identity;
  private final Sessions sessions;

  CurrentSession(Identity identity, Sessions sessions) {
    this.identity = identity;
    this.sessions = sessions;
  }

  /** A person on a device. */
  public record SignedIn(UUID account, UUID session) {}

  /** Somebody who signed in themselves; 403 for tokens that merely act for them. */
  public SignedIn require() {
    Caller caller = identity.caller();
    if (caller.sessionId() == null) {
      throw SessionError.SESSION_REQUIRED.problem();
    }
    if (!sessions.isLive(caller.sessionId(), caller.userId())) {
      throw SessionError.SESSION_ENDED.problem();
    }
    return new SignedIn(caller.userId(), caller.sessionId());
  }

  /** The person a token stands for, signed in or not. */
  public UUID account() {
    return identity.caller().sessionId() == null ? identity.caller().userId() : require().account();
  }
}
