package dev.autopilot.auth.session;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.device.Device;
import dev.autopilot.auth.device.KnownDevices;
import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.kernel.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;

/** Signs a device in, in the transaction that decided that it may be. */
@ApplicationScoped
public class BeginSession {
  private final Sessions sessions;
  private final RefreshTokens refreshTokens;
  private final HandOutTokens handOut;
  private final KnownDevices devices;
  private final SessionSettings settings;
  private final Outbox outbox;
  private final Clock clock;

  BeginSession(
      Sessions sessions,
      RefreshTokens refreshTokens,
      HandOutTokens handOut,
      KnownDevices devices,
      SessionSettings settings,
      Outbox outbox,
      Clock clock) {
    this.sessions = sessions;
    this.refreshTokens = refreshTokens;
    this.handOut = handOut;
    this.devices = devices;
    this.settings = settings;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Transactional(Transactional.TxType.MANDATORY)
  public Tokens begin(Account account, SignInMethod method, Device device) {
    Instant now = clock.instant();
    Session session =
        new Session(
            Ids.next(), account.id(), method, device, now, now.plus(settings.sessionLifetime()));
    sessions.persistAndFlush(session);
    outbox.append(session.signedIn());
    devices.seen(account, device);
    return handOut.tokens(account, session, refreshTokens.begin(session.id(), now));
  }
}
