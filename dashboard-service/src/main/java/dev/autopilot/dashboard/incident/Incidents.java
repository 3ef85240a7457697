package dev.autopilot.dashboard.incident;

import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.kernel.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/** Incidents as they stand. Every replica may call: each is opened once and closed once. */
@ApplicationScoped
class Incidents {
  private static final Logger LOG = Logger.getLogger(Incidents.class);

  private final Session session;
  private final Outbox outbox;

  Incidents(Session session, Outbox outbox) {
    this.session = session;
    this.outbox = outbox;
  }

  @Transactional
  void open(String service, Instant since) {
    UUID id = Ids.next();
    int opened =
        session
            .createNativeMutationQuery(
                """
                insert into incident (id, service, opened_at) values (:id, :service, :since)
                on conflict (service) where closed_at is null do nothing
                """)
            .setParameter("id", id)
            .setParameter("service", service)
            .setParameter("since", since)
            .executeUpdate();
    if (opened == 1) {
      LOG.warnf("%s is away since %s", service, since);
      outbox.append(new IncidentOpened(id, service, since));
    }
  }

  @Transactional
  void close(String service, Instant now) {
    List<Incident> open =
        session
            .createSelectionQuery(
                "from Incident where service = :service and closedAt is null", Incident.class)
            .setParameter("service", service)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .getResultList();
    for (Incident incident : open) {
      LOG.infof("%s is back since %s", service, now);
      outbox.append(incident.close(now));
    }
  }
}
