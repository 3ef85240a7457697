package dev.autopilot.auth.federation;

import dev.autopilot.auth.secret.OpaqueToken;
import dev.autopilot.events.database.Expiring;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/**
 * What somebody whom a provider let in collects their tokens with: good once, for a while, and only
 * together with what its rightful holder has.
 */
@ApplicationScoped
class Tickets implements Expiring {
  private final Session database;
  private final FederationSettings settings;
  private final Clock clock;

  Tickets(Session database, FederationSettings settings, Clock clock) {
    this.database = database;
    this.settings = settings;
    this.clock = clock;
  }

  /** Whose it is, and which provider let them in. */
  record Ticket(UUID account, String provider) {}

  /** In the transaction that decided who they are. */
  @Transactional(Transactional.TxType.MANDATORY)
  public OpaqueToken issue(UUID account, String provider, Holder holder) {
    OpaqueToken ticket = OpaqueToken.random();
    database
        .createNativeMutationQuery(
            """
            insert into federated_ticket (ticket, account_id, provider, holder, created_at)
            values (:ticket, :account, :provider, :holder, :now)
            """)
        .setParameter("ticket", ticket.hash())
        .setParameter("account", account)
        .setParameter("provider", provider)
        .setParameter("holder", holder.hash())
        .setParameter("now", clock.instant())
        .executeUpdate();
    return ticket;
  }

  /** What it is good for, if it is; it stays so. */
  @Transactional
  public Optional<Ticket> find(OpaqueToken ticket, Holder holder) {
    return database
        .createNativeQuery(
            """
            select account_id, provider from federated_ticket
            where ticket = :ticket and holder = :holder and created_at > :since
            """,
            Object[].class)
        .addScalar("account_id", UUID.class)
        .addScalar("provider", String.class)
        .setTupleTransformer((row, names) -> new Ticket((UUID) row[0], (String) row[1]))
        .setParameter("ticket", ticket.hash())
        .setParameter("holder", holder.hash())
        .setParameter("since", clock.instant().minus(settings.patience()))
        .uniqueResultOptional();
  }

  /** Uses it up: of two who present it at once, one deletes the row. */
  @Transactional(Transactional.TxType.MANDATORY)
  public boolean use(OpaqueToken ticket) {
    return database
            .createNativeMutationQuery("delete from federated_ticket where ticket = :ticket")
            .setParameter("ticket", ticket.hash())
            .executeUpdate()
        == 1;
  }

  @Override
  public String table() {
    return "federated_ticket";
  }

  @Override
  public Duration keptFor() {
    return settings.patience();
  }
}
