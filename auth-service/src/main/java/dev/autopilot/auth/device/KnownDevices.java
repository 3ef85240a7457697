package dev.autopilot.auth.device;

import dev.autopilot.auth.account.Account;
import dev.autopilot.auth.mail.Letter;
import dev.autopilot.auth.mail.Notices;
import dev.autopilot.auth.secret.Keyed;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hibernate.Session;

/**
 * The devices that people have signed in with before. A sign-in from another one is told by letter:
 * if it wasn't them, they know it at once.
 *
 * <p>A device is a program (browser or client, whatever its version) in a network. That needs no
 * cookie and so holds for every client alike; it takes two equal browsers in one network for one,
 * and a phone that travels for several.
 */
@ApplicationScoped
public class KnownDevices {
  private static final String PURPOSE = "auth/device";

  /** A device that wasn't seen for that long is a new one. */
  private static final Duration MEMORY = Duration.ofDays(180);

  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Session database;
  private final Notices notices;
  private final Keyed keyed;
  private final Clock clock;

  KnownDevices(Session database, Notices notices, Keyed keyed, Clock clock) {
    this.database = database;
    this.notices = notices;
    this.keyed = keyed;
    this.clock = clock;
  }

  /**
   * Notes that somebody signs in with a device, in that transaction, and leaves a letter if it is
   * new. The first of an account is no news to its owner.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void seen(Account account, Device device) {
    Instant now = clock.instant();
    byte[] fingerprint = keyed.hash(PURPOSE, account.id() + "\n" + device.lasting());
    if (isNew(account.id(), fingerprint, now) && hasOthers(account.id())) {
      notices.leave(account, notice(account, device, now));
    }
  }

  private boolean isNew(UUID account, byte[] fingerprint, Instant now) {
    return database
        .createNativeQuery(
            """
            insert into known_device (account_id, fingerprint, last_seen_at)
            values (:account, :fingerprint, :now)
            on conflict (account_id, fingerprint) do update set last_seen_at = excluded.last_seen_at
            returning xmax = 0
            """,
            Boolean.class)
        .setParameter("account", account)
        .setParameter("fingerprint", fingerprint)
        .setParameter("now", now)
        .getSingleResult();
  }

  private boolean hasOthers(UUID account) {
    return database
            .createNativeQuery(
                "select count(*) from known_device where account_id = :account", Long.class)
            .setParameter("account", account)
            .getSingleResult()
        > 1;
  }

  private static Letter notice(Account account, Device device, Instant now) {
    return new Letter(
        account.email().text(),
        account.name(),
        "Your account was used on a new device",
        List.of(
            "somebody signed in to your account with a device or in a network that we haven't seen before.",
            "When: " + WHEN.format(now) + ".",
            "From: " + device.address() + ", with " + device.program() + ".",
            "If it wasn't you, change your password at once, and sign out the devices that you don't know."),
        null,
        null);
  }

  @Scheduled(every = "6h", delayed = "30m")
  @Transactional
  void forgetOld() {
    database
        .createNativeMutationQuery("delete from known_device where last_seen_at < :old")
        .setParameter("old", clock.instant().minus(MEMORY))
        .executeUpdate();
  }
}
