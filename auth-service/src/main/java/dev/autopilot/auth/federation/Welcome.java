package dev.autopilot.auth.federation;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.account.AccountError;
import dev.autopilot.auth.account.Accounts;
import dev.autopilot.auth.account.EmailAddress;
import dev.autopilot.auth.device.Device;
import dev.autopilot.auth.mail.Letter;
import dev.autopilot.auth.mail.Notices;
import dev.autopilot.auth.secret.OpaqueToken;
import dev.autopilot.auth.session.BeginSession;
import dev.autopilot.auth.session.SignInMethod;
import dev.autopilot.auth.session.Tokens;
import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.kernel.Ids;
import dev.autopilot.kernel.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Finds or makes the account of somebody whom a provider let in, and signs them in, or has them
 * collect their tokens.
 *
 * <p>Who comes for the first time is known by the address alone. It must be theirs for sure, and so
 * it must have been verified on both sides: by the provider, for else anybody could claim it there;
 * and here, for else somebody may have registered it before them, to share the account that they
 * would take for theirs.
 */
@ApplicationScoped
class Welcome {
  private final Accounts accounts;
  private final FederatedIdentities identities;
  private final Tickets tickets;
  private final BeginSession sessions;
  private final Notices notices;
  private final Outbox outbox;
  private final Clock clock;

  Welcome(
      Accounts accounts,
      FederatedIdentities identities,
      Tickets tickets,
      BeginSession sessions,
      Notices notices,
      Outbox outbox,
      Clock clock) {
    this.accounts = accounts;
    this.identities = identities;
    this.tickets = tickets;
    this.sessions = sessions;
    this.notices = notices;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** What comes of it. */
  sealed interface Outcome {
    /** They are in. */
    record SignedIn(Tokens tokens) implements Outcome {}

    /** They show this, and a second factor if they have one, and then are. */
    record Ticketed(OpaqueToken ticket) implements Outcome {}
  }

  Outcome welcome(Provider provider, ForeignIdentity identity, Handshake handshake, Device device) {
    return again(() ->
        QuarkusTransaction.requiringNew()
            .call(() -> decide(provider, identity, handshake, device)));
  }

  /** Who comes for the first time twice at once finds the second time what the first one made. */
  private static Outcome again(Supplier<Outcome> decision) {
    try {
      return decision.get();
    } catch (ProblemException refused) {
      if (refused.code() == AccountError.EMAIL_TAKEN) {
        return decision.get();
      }
      throw refused;
    }
  }

  private Outcome decide(
      Provider provider, ForeignIdentity identity, Handshake handshake, Device device) {
    Account account =
        identities
            .ownerOf(identity)
            .map(owner -> returning(owner, identity))
            .orElseGet(() -> firstTime(provider, identity));
    Holder program = handshake.landing().program();
    if (program == null && !account.twoFactorEnabled()) {
      return new Outcome.SignedIn(
          sessions.begin(account, SignInMethod.at(provider.name()), device));
    }
    return new Outcome.Ticketed(
        tickets.issue(
            account.id(), provider.name(), program == null ? handshake.browser() : program));
  }

  private Account returning(UUID owner, ForeignIdentity identity) {
    Account account = accounts.presentForUpdate(owner);
    identities.used(identity);
    return account;
  }

  private Account firstTime(Provider provider, ForeignIdentity identity) {
    EmailAddress email =
        identity.verifiedEmail().orElseThrow(FederationError.OIDC_EMAIL_UNVERIFIED::problem);
    Optional<Account> present = accounts.withEmailForUpdate(email);
    if (present.isPresent() && !present.get().emailVerified()) {
      throw FederationError.OIDC_ACCOUNT_UNVERIFIED.problem();
    }
    Account account = present.orElseGet(() -> register(identity, email));
    if (!identities.link(identity, account.id())) {
      throw FederationError.OIDC_ACCOUNT_LINKED.problem();
    }
    if (present.isPresent()) {
      notices.leave(account, notice(account, provider));
    }
    return account;
  }

  private Account register(ForeignIdentity identity, EmailAddress email) {
    Account account = accounts.add(Ids.next(), email, identity.nameOr(email), clock.instant());
    accounts.proved(account, clock.instant());
    outbox.append(account.registered());
    return account;
  }

  private static Letter notice(Account account, Provider provider) {
    return new Letter(
        account.email().text(),
        account.name(),
        "Another way into your account",
        List.of(
            "from now on you can also sign in to your account with " + provider.title() + ".",
            "If it wasn't you, somebody else reads your mail or uses your account there:"
                + " change both passwords at once."),
        null,
        null);
  }
}
