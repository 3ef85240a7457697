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
                             occurred_at)
        select event_id, type, user_id, subject, counts, container, root, ended, occurred_at
        from kept order by id
      ), told as (
        insert into activity (id, type, user_id, actor, subject, summary, occurred_at)
        select event_id, type, user_id, actor, subject, summary, occurred_at
        from kept order by id
      ), ending as (
        insert into gone (id)
        select distinct ended from kept where ended is not null
        on conflict do nothing
      ), counted as (
        insert into tally (user_id, metric, container, root, amount)
        select kept.user_id, count.key, kept.container, kept.root, sum(count.value::numeric)
        from kept cross join jsonb_each_text(kept.counts) as count
        where not exists (select from gone where gone.id = kept.container)
          and not exists (select from gone where gone.id = kept.root)
        group by kept.user_id, count.key, kept.container, kept.root
        on conflict (user_id, metric, container, root)
        do update set amount = tally.amount + excluded.amount
      )
      select count(*), coalesce(array_agg(distinct ended) filter (where ended is not null), '{}')
      from taken
      """;

  /** What lay in the containers that ended with this batch, this batch's own rows included. */
  private static final String SWEEP = "delete from tally where container = any(?) or root = any(?)";

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
          sweep(connection, result.getArray(2));
          return result.getInt(1);
        }
      }
    }
  }

  private static void sweep(Connection connection, Array ended) throws SQLException {
    if (((Object[]) ended.getArray()).length == 0) {
      return;
    }
    try (PreparedStatement sweep = connection.prepareStatement(SWEEP)) {
      sweep.setArray(1, ended);
      sweep.setArray(2, ended);
      sweep.executeUpdate();
    }
  }
}
