package dev.autopilot.auth.session;

import dev.autopilot.auth.account.Accounts;
import dev.autopilot.kernel.identity.Caller;
import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.problem.ProblemException;
import io.quarkus.security.AuthenticationFailedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Who is asking, and on which device. The gateway refuses the tokens of ended sessions; here, where
 * accounts are changed, the table itself is asked.
 */
@ApplicationScoped
public class CurrentSession {
  private final Identity identity;
  private final Sessions sessions;
  private final Accounts accounts;

  CurrentSession(Identity identity, Sessions sessions, Accounts accounts) {
    this.identity = identity;
    this.sessions = sessions;
    this.accounts = accounts;
  }

  /** A person on a device. */
  public record SignedIn(UUID account, UUID session) {}

  /** Somebody who signed in themselves; 403 for tokens that merely act for them. */
  public SignedIn require() {
    Caller caller = identity.caller();
    return switch (sessions.stateOf(caller.sessionId(), caller.userId())) {
      case LIVE -> new SignedIn(caller.userId(), Objects.requireNonNull(caller.sessionId()));
      case ENDED -> throw SessionError.SESSION_ENDED.problem();
      case NONE -> {
        accounts.present(caller.userId()); // an erased account has no sessions either: 401
        throw SessionError.SESSION_REQUIRED.problem();
      }
    };
  }

  /** The same where nobody has to be: nothing, too, for a token that is worth nothing here. */
  public Optional<SignedIn> ifAny() {
    try {
      return Optional.of(require());
    } catch (ProblemException | AuthenticationFailedException nobody) {
      return Optional.empty();
    }
  }

  /** Whether they signed in within the last minutes, and not merely once. */
  public boolean isFresh(SignedIn who) {
    return sessions.isFresh(who.session());
  }

  /** The person a token stands for, signed in or not. */
  public UUID account() {
    Caller caller = identity.caller();
    if (sessions.stateOf(caller.sessionId(), caller.userId()) == Sessions.State.ENDED) {
      throw SessionError.SESSION_ENDED.problem();
    }
    return caller.userId();
  }
}
