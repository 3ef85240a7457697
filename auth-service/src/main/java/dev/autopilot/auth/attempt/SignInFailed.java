package dev.autopilot.auth.attempt;

import dev.autopilot.events.envelope.DomainEvent;
import dev.autopilot.kernel.Ids;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody tried to sign in and couldn't prove who they are. Told of accounts that don't exist as
 * well, for many of these are an attack, and a difference would take time that can be measured.
 *
 * @param attemptId this attempt; the aggregate
 * @param userId whose account it was tried at, or null when there is no such account
 * @param method how, as sign-ins that succeed tell it
 */
public record SignInFailed(UUID attemptId, @Nullable UUID userId, String method, String reason)
    implements DomainEvent {

  /** What was wrong. */
  public enum Reason {
    INVALID_CREDENTIALS,
    INVALID_CODE
  }

  public static SignInFailed at(@Nullable UUID userId, String method, Reason reason) {
    return new SignInFailed(Ids.next(), userId, method, reason.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public String type() {
    return "auth.sign_in.failed";
  }

  @Override
  public String aggregateId() {
    return attemptId.toString();
  }

  @Override
  public long aggregateVersion() {
    return 0;
  }
}
