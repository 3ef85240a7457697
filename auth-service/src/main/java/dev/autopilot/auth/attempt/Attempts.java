package dev.autopilot.auth.attempt;

import dev.autopilot.auth.account.EmailAddress;
import dev.autopilot.auth.secret.Keyed;
import dev.autopilot.kernel.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Wrong guesses, of one account and from one address, counted in the database and so for all
 * replicas together. An account is counted by what was typed, whether or not it exists; otherwise
 * the lock would tell.
 *
 * <p>Guesses made in parallel are all checked, but decided one after the other under the row's
 * lock. Whichever is decided after the lock is answered like any other that comes too late, right
 * or wrong: a hundred guesses at once tell no more than ten in a row.
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
    refuseLocked(
        database
            .createNativeQuery(
                "select max(locked_until) from attempt where subject in (:a, :b)", Instant.class)
            .setParameter("a", account(guess))
            .setParameter("b", address(guess))
            .list());
  }

  /**
   * Decides that a guess was right, in the transaction that acts on it: refuses after all if a lock
   * has come meanwhile, else forgets the account's failures. Those of the address stay, or whoever
   * has one account could guess at all others.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void succeeded(Guess guess) {
    refuseLocked(
        database
            .createNativeQuery(
                "select locked_until from attempt where subject in (:a, :b) order by subject for update",
                Instant.class)
            .setParameter("a", account(guess))
            .setParameter("b", address(guess))
            .list());
    forget(guess.account());
  }

  /** Decides that a guess was wrong; refuses with 429 if it came too late to be told even that. */
  @Transactional(value = Transactional.TxType.REQUIRES_NEW, dontRollbackOn = ProblemException.class)
  public void failed(Guess guess) {
    // Always in the same order, so that two failures can't wait for each other.
    byte[] account = account(guess);
    byte[] address = address(guess);
    List<@Nullable Instant> locks = new ArrayList<>();
    if (Arrays.compareUnsigned(account, address) < 0) {
      locks.addAll(count(account, settings.perAccount()));
      locks.addAll(count(address, settings.perAddress()));
    } else {
      locks.addAll(count(address, settings.perAddress()));
      locks.addAll(count(account, settings.perAccount()));
    }
    refuseLocked(locks);
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
   *
   * @return the lock as it was before this failure, if there was one
   */
  private List<@Nullable Instant> count(byte[] subject, int limit) {
    Instant now = clock.instant();
    return database
        .createNativeQuery(
            """
            insert into attempt as a (subject, failures, last_at, locked_until)
            values (:subject, array[cast(:now as timestamptz)], :now, case when :limit <= 1 then cast(:until as timestamptz) end)
            on conflict (subject) do update set
              failures = case when a.locked_until > :now then a.failures
                else (select array_agg(f) from unnest(a.failures || cast(:now as timestamptz)) f where f > :since) end,
              last_at = :now,
              locked_until = case
                when a.locked_until > :now then a.locked_until
                when (select count(*) from unnest(a.failures) f where f > :since) + 1 >= :limit
                  then cast(:until as timestamptz) end
            returning old.locked_until
            """,
            Instant.class)
        .setParameter("subject", subject)
        .setParameter("now", now)
        .setParameter("since", now.minus(settings.window()))
        .setParameter("until", now.plus(settings.lock()))
        .setParameter("limit", limit)
        .list();
  }

  private void refuseLocked(List<@Nullable Instant> locks) {
    Instant now = clock.instant();
    for (Instant lockedUntil : locks) {
      if (lockedUntil != null && lockedUntil.isAfter(now)) {
        throw AttemptError.TOO_MANY_ATTEMPTS
            .problem("Try again later, or reset the password.")
            .retryAfter(Duration.between(now, lockedUntil));
      }
    }
  }

  private byte[] account(Guess guess) {
    return account(guess.account());
  }

  private byte[] account(EmailAddress account) {
    return keyed.hash("attempts", "account:" + account.key());
  }

  private byte[] address(Guess guess) {
    return keyed.hash("attempts", "address:" + guess.address());
  }
}
