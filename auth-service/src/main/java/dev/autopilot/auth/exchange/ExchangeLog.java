package dev.autopilot.auth.exchange;

import dev.autopilot.events.database.Expiring;
import dev.autopilot.kernel.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.hibernate.Session;

/** Who got a token for whom without their being there; kept to be looked at afterwards. */
@ApplicationScoped
class ExchangeLog implements Expiring {
  private final Session database;
  private final ExchangeSettings settings;

  ExchangeLog(Session database, ExchangeSettings settings) {
    this.database = database;
    this.settings = settings;
  }

  /**
   * Notes one, unless the person is being erased at this moment.
   *
   * @return whether there is still such a person
   */
  boolean note(String service, UUID account, Collection<String> scopes, UUID jti, Instant now) {
    return database
            .createNativeMutationQuery(
                """
                with person as (select id from account where id = :account for key share)
                insert into exchange_log (id, service, account_id, scopes, jti, created_at)
                select cast(:id as uuid), :service, person.id, :scopes, cast(:jti as uuid),
                  cast(:now as timestamptz)
                from person
                """)
            .setParameter("id", Ids.next())
            .setParameter("service", service)
            .setParameter("account", account)
            .setParameter("scopes", String.join(" ", scopes.stream().sorted().toList()))
            .setParameter("jti", jti)
            .setParameter("now", now)
            .executeUpdate()
        == 1;
  }

  @Override
  public String table() {
    return "exchange_log";
  }

  @Override
  public Duration keptFor() {
    return settings.logKept();
  }
}
