package dev.autopilot.auth.attempt;

import dev.autopilot.auth.account.EmailAddress;
import dev.autopilot.auth.secret.Keyed;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Wrong guesses, of one account and from one address, counted in the database and so for all
 * replicas together. An account is counted by what was typed, whether or not it exists; otherwise
 * the lock would tell.
 *
 * <p>Guesses made in parallel may be checked in parallel, but they are decided one after the other,
 * under a lock on the account's row. Whichever is decided after the account was locked is answered
 * like any other that comes too late, right or wrong: a thousand guesses at once tell no more than
 * ten in a row.
 *
 * <p>What a right guess brings about takes its locks in one order, so that nobody waits in a
 * circle: attempts, password, account, then what belongs to the account.
 */
@ApplicationScoped
public class Attempts {
  private final Session database;
  private final AttemptSettings settings;
  private final Keyed keyed;
  private final Clock clock;

  Attempts(Session database, AttemptSettings settings, Keyed keyed, Clock clock) {
    this.database = database;
    this.settings = settings;
    this.keyed = keyed;
    this.clock = clock;
  }

  /**
   * Who is guessing at what.
   *
   * @param account what was typed as the account
   * @param address where the request came from
   */
  public record Guess(EmailAddress account, String address) {}

  /** Refuses with 429 while either is locked. To be asked before anything costly. */
  @Transactional
  public void refuseLocked(Guess guess) {
    refuseIf(
        database
            .createNativeQuery(
                "select max(locked_until) from attempt where subject in (:account, :address)",
                Instant.class)
            .setParameter("account", account(guess.account()))
            .setParameter("address", address(guess))
            .uniqueResult());
  }

  /**
   * Decides a guess, in a transaction of its own, and acts if it was right.
   *
   * @param act what the right guess brings about, or nothing if it was wrong after all; what it
   *     throws undoes everything and counts as neither
   * @return what it brought about, or nothing: then the failure has been counted
   */
  public <T> Optional<T> decide(Guess guess, Supplier<Optional<T>> act) {
    return QuarkusTransaction.requiringNew()
        .call(() -> {
          byte[] account = account(guess.account());
          refuseIf(lockedRow(account));
          refuseIf(lockOf(address(guess)));
          Optional<T> result = act.get();
          if (result.isPresent()) {
            // Those of the address stay: else whoever has one account could guess at all.
            forget(guess.account());
          } else {
            count(account, settings.perAccount());
            count(address(guess), settings.perAddress());
          }
          return result;
        });
  }

  /** Counts a guess that was wrong, whatever it was. */
  public void failed(Guess guess) {
    decide(guess, Optional::empty);
  }

  /** The same, where only an address is known to guess. */
  @Transactional
  public void refuseLocked(String address) {
    refuseIf(lockOf(address(address)));
  }

  /** Counts a wrong guess at something that tells no account, such as a mailed link. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public void failed(String address) {
    count(address(address), settings.perAddress());
  }

  /** Counts a letter asked for, whether or not there is anybody to get it; 429 when too many. */
  @Transactional
  public void request(Guess guess) {
    byte[] letters = keyed.hash("attempts", "letters:" + guess.account().key());
    refuseIf(lockedRow(letters));
    refuseIf(lockOf(address(guess)));
    count(letters, settings.lettersPerAccount());
    count(address(guess), settings.perAddress());
  }

  /**
   * Counts a letter that nobody asked for; false when there have been too many of its kind of late.
   * Each kind is counted apart, and so are those that were asked for: whoever signs in with many
   * devices, or asks for letters, silences no other warning.
   *
   * @param kind one of a few: there is a bound to each
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean notice(EmailAddress account, String kind) {
    byte[] notices = keyed.hash("attempts", "notices:" + kind + ":" + account.key());
    Instant lockedUntil = lockedRow(notices);
    if (lockedUntil != null && lockedUntil.isAfter(clock.instant())) {
      return false;
    }
    count(notices, settings.lettersPerAccount());
    return true;
  }

  /** After a reset, a deletion or a success nothing is held against the account. */
  @Transactional
  public void forget(EmailAddress account) {
    database
        .createNativeMutationQuery("delete from attempt where subject = :subject")
        .setParameter("subject", account(account))
        .executeUpdate();
  }

  /** Deletes what counts no longer. */
  @Scheduled(every = "10m", delayed = "10m")
  @Transactional
  void forgetOld() {
    Instant now = clock.instant();
    database
        .createNativeMutationQuery(
            "delete from attempt where last_at < :old and coalesce(locked_until, :old) <= :now")
        .setParameter("old", now.minus(settings.window()))
        .setParameter("now", now)
        .executeUpdate();
  }

  /**
   * Notes one failure in one statement: those within the window are kept, and the one that fills it
   * locks. A locked subject counts no further, so that a lock ends when it said it would.
   */
  private void count(byte[] subject, int limit) {
    Instant now = clock.instant();
    database
        .createNativeMutationQuery(
            """
            insert into attempt as a (subject, failures, last_at, locked_until)
            values (:subject, array[cast(:now as timestamptz)], :now,
              case when :limit <= 1 then cast(:until as timestamptz) end)
            on conflict (subject) do update set
              failures = case when a.locked_until > :now then a.failures
                else (select array_agg(f)
                  from unnest(a.failures || cast(:now as timestamptz)) f where f > :since) end,
              last_at = :now,
              locked_until = case
                when a.locked_until > :now then a.locked_until
                when (select count(*) from unnest(a.failures) f where f > :since) + 1 >= :limit
                  then cast(:until as timestamptz) end
            """)
        .setParameter("subject", subject)
        .setParameter("now", now)
        .setParameter("since", now.minus(settings.window()))
        .setParameter("until", now.plus(settings.lock()))
        .setParameter("limit", limit)
        .executeUpdate();
  }

  /** The row is made if need be, so that there is something to lock before the first failure. */
  private @Nullable Instant lockedRow(byte[] subject) {
    return database
        .createNativeQuery(
            """
            insert into attempt (subject, failures, last_at) values (:subject, '{}', :now)
            on conflict (subject) do update set last_at = excluded.last_at
            returning locked_until
            """,
            Instant.class)
        .setParameter("subject", subject)
        .setParameter("now", clock.instant())
        .uniqueResult();
  }

  private @Nullable Instant lockOf(byte[] subject) {
    return database
        .createNativeQuery(
            "select locked_until from attempt where subject = :subject", Instant.class)
        .setParameter("subject", subject)
        .uniqueResult();
  }

  private void refuseIf(@Nullable Instant lockedUntil) {
    Instant now = clock.instant();
    if (lockedUntil != null && lockedUntil.isAfter(now)) {
      throw AttemptError.TOO_MANY_ATTEMPTS
          .problem("Try again later, or reset the password.")
          .retryAfter(Duration.between(now, lockedUntil));
    }
  }

  private byte[] account(EmailAddress account) {
    return keyed.hash("attempts", "account:" + account.key());
  }

  private byte[] address(Guess guess) {
    return address(guess.address());
  }

  private byte[] address(String address) {
    return keyed.hash("attempts", "address:" + network(address));
  }

  /** An IPv6 address counts by its /64, since whoever has one of those has all of them. */
  private static String network(String address) {
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      return bytes.length == 4 ? address : HexFormat.of().formatHex(bytes, 0, 8) + "/64";
    } catch (IllegalArgumentException noAddress) {
      return address;
    }
  }
}
