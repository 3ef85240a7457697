package dev.autopilot.dashboard.intake;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Turns arrivals into archive, activity and figures, many at a time and each exactly once: taking
 * them and counting them is one transaction. One fold runs at a time among all replicas, which is
 * what gives activity its order and leaves the figures' rows without contention.
 *
 * <p>Whatever is told is added up, in whatever order it comes: what lies in a container is counted
 * while that is gone as well, only not shown, and a container is gone while it ended more often
 * than it came back.
 */
@ApplicationScoped
class Fold {
  private static final int BATCH = 5_000;

  private static final String TURN =
      "select pg_advisory_xact_lock(hashtext('dashboard.fold'), hashtext(current_schema()))";

  private static final String FOLD =
      """
      with taken as (
        delete from arrival
        where id in (select id from arrival order by id limit ?)
        returning *
      ), kept as (
        select * from taken
        where not exists (select from erased where erased.user_id = taken.user_id)
      ), archived as (
        insert into archive (event_id, type, user_id, subject, counts, container, root, ended,
                             restored, occurred_at)
        select event_id, type, user_id, subject, counts, container, root, ended, restored,
               occurred_at
        from kept order by id
      ), told as (
        insert into activity (id, type, user_id, actor, subject, summary, occurred_at)
        select event_id, type, user_id, actor, subject, summary, occurred_at
        from kept order by id
      ), turned as (
        select id, sum(times) as times
        from (select ended as id, 1 as times from kept where ended is not null
              union all
              select restored, -1 from kept where restored is not null) as turn
        group by id having sum(times) <> 0
      ), going as (
        merge into gone using turned on gone.id = turned.id
        when matched and gone.times + turned.times = 0 then delete
        when matched then update set times = gone.times + turned.times
        when not matched then insert (id, times) values (turned.id, turned.times)
      ), counted as (
        insert into tally (user_id, metric, container, root, amount, shown)
        select kept.user_id, count.key, kept.container, kept.root, sum(count.value::numeric),
               not exists (select from gone where gone.id = kept.container and gone.times > 0)
               and not exists (select from gone where gone.id = kept.root and gone.times > 0)
        from kept cross join jsonb_each_text(kept.counts) as count
        group by kept.user_id, count.key, kept.container, kept.root
        on conflict (user_id, metric, container, root)
        do update set amount = tally.amount + excluded.amount
      )
      select (select count(*) from taken), (select coalesce(array_agg(id), '{}') from turned)
      """;

  /** What lies in the containers that went or came back with this batch, its own rows included. */
  private static final String SHOW =
      """
      update tally set shown =
        not exists (select from gone where gone.id = tally.container and gone.times > 0)
        and not exists (select from gone where gone.id = tally.root and gone.times > 0)
      where container = any(?) or root = any(?)
      """;

  private final DataSource database;

  Fold(DataSource database) {
    this.database = database;
  }

  /** Folds until nothing waits; tells how many there were. */
  int run() {
    int all = 0;
    int some;
    do {
      some = QuarkusTransaction.requiringNew().call(this::batch);
      all += some;
    } while (some == BATCH);
    return all;
  }

  /** Nobody else folds or erases until this transaction ends. */
  static void takeTurn(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(TURN);
    }
  }

  private int batch() throws SQLException {
    try (Connection connection = database.getConnection()) {
      takeTurn(connection);
      try (PreparedStatement fold = connection.prepareStatement(FOLD)) {
        fold.setInt(1, BATCH);
        try (ResultSet result = fold.executeQuery()) {
          result.next();
          show(connection, result.getArray(2));
          return result.getInt(1);
        }
      }
    }
  }

  private static void show(Connection connection, Array turned) throws SQLException {
    if (((Object[]) turned.getArray()).length == 0) {
      return;
    }
    try (PreparedStatement show = connection.prepareStatement(SHOW)) {
      show.setArray(1, turned);
      show.setArray(2, turned);
      show.executeUpdate();
    }
  }
}
