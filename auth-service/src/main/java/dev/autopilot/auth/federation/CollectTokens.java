package dev.autopilot.auth.federation;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.account.Accounts;
import dev.autopilot.auth.attempt.Attempts;
import dev.autopilot.auth.attempt.SignInFailed;
import dev.autopilot.auth.device.Device;
import dev.autopilot.auth.factor.FactorError;
import dev.autopilot.auth.factor.SecondFactor;
import dev.autopilot.auth.secret.OpaqueToken;
import dev.autopilot.auth.session.BeginSession;
import dev.autopilot.auth.session.SignInMethod;
import dev.autopilot.auth.session.Tokens;
import dev.autopilot.events.outbox.Outbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives tokens for a ticket. The second factor is asked for here as at the own door, and guesses at
 * it are counted with those: who knows the password elsewhere gains no second set of them.
 */
@ApplicationScoped
class CollectTokens {
  private final Accounts accounts;
  private final Tickets tickets;
  private final SecondFactor factor;
  private final Attempts attempts;
  private final BeginSession sessions;
  private final Outbox outbox;

  CollectTokens(
      Accounts accounts,
      Tickets tickets,
      SecondFactor factor,
      Attempts attempts,
      BeginSession sessions,
      Outbox outbox) {
    this.accounts = accounts;
    this.tickets = tickets;
    this.factor = factor;
    this.attempts = attempts;
    this.sessions = sessions;
    this.outbox = outbox;
  }

  Tokens collect(OpaqueToken ticket, Holder holder, @Nullable String typed, Device device) {
    Tickets.Ticket found =
        tickets.find(ticket, holder).orElseThrow(FederationError.OIDC_TICKET_INVALID::problem);
    Account account = accounts.present(found.account());
    if (typed == null || !account.twoFactorEnabled()) {
      return QuarkusTransaction.requiringNew()
          .call(() -> admit(ticket, found, null, device))
          .orElseThrow(FactorError.TWO_FACTOR_REQUIRED::problem);
    }
    Attempts.Guess guess = new Attempts.Guess(account.email(), device.address());
    attempts.refuseLocked(guess);
    SecondFactor.Presented code = factor.read(account.id(), typed);
    return attempts
        .decide(guess, () -> admit(ticket, found, code, device))
        .orElseThrow(FactorError.INVALID_CODE::problem);
  }

  /** A wrong code leaves the ticket good. */
  private Optional<Tokens> admit(
      OpaqueToken ticket,
      Tickets.Ticket found,
      SecondFactor.@Nullable Presented code,
      Device device) {
    Account account = accounts.presentForUpdate(found.account());
    SignInMethod method = SignInMethod.at(found.provider());
    if (account.twoFactorEnabled()) {
      if (code == null) {
        return Optional.empty();
      }
      if (!factor.accept(account.id(), code)) {
        outbox.append(
            SignInFailed.at(account.id(), method.name(), SignInFailed.Reason.INVALID_CODE));
        return Optional.empty();
      }
      method = code.after(method);
    }
    if (!tickets.use(ticket)) {
      throw FederationError.OIDC_TICKET_INVALID.problem();
    }
    return Optional.of(sessions.begin(account, method, device));
  }
}
