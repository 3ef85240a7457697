package dev.autopilot.auth.federation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** Which account is whose, as providers know people. */
@ApplicationScoped
class FederatedIdentities {
  private final Session database;
  private final Clock clock;

  FederatedIdentities(Session database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The account of somebody who has been here before. */
  @Transactional(Transactional.TxType.MANDATORY)
  public Optional<UUID> ownerOf(ForeignIdentity identity) {
    return database
        .createNativeQuery(
            "select account_id from federated_identity where issuer = :issuer and subject = :subject",
            UUID.class)
        .setParameter("issuer", identity.issuer())
        .setParameter("subject", identity.subject())
        .uniqueResultOptional();
  }

  /** Notes that they are here again; once their account is locked, as what belongs to it is. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void used(ForeignIdentity identity) {
    database
        .createNativeMutationQuery(
            """
            update federated_identity set last_used_at = :now
            where issuer = :issuer and subject = :subject
            """)
        .setParameter("now", clock.instant())
        .setParameter("issuer", identity.issuer())
        .setParameter("subject", identity.subject())
        .executeUpdate();
  }

  /**
   * Gives an account to an identity. Of two who do so at once the second waits for the first.
   *
   * @return whether the identity has that account now; not if the account is that of another
   *     identity of the same issuer already
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean link(ForeignIdentity identity, UUID account) {
    database
        .createNativeMutationQuery(
            """
            insert into federated_identity (issuer, subject, account_id, linked_at, last_used_at)
            values (:issuer, :subject, :account, :now, :now) on conflict do nothing
            """)
        .setParameter("issuer", identity.issuer())
        .setParameter("subject", identity.subject())
        .setParameter("account", account)
        .setParameter("now", clock.instant())
        .executeUpdate();
    return ownerOf(identity).filter(account::equals).isPresent();
  }
}
