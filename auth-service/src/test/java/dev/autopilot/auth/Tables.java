package dev.autopilot.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.util.List;
import org.awaitility.Awaitility;

/** A look behind the API, for what must not be there and for states that time would bring about. */
@ApplicationScoped
public class Tables {
  private final EntityManager database;

  Tables(EntityManager database) {
    this.database = database;
  }

  /** The only value of the only row; parameters are {@code ?1}, {@code ?2} … */
  @Transactional
  public Object value(String sql, Object... parameters) {
    return query(sql, parameters).getSingleResult();
  }

  public int count(String sql, Object... parameters) {
    return ((Number) value(sql, parameters)).intValue();
  }

  @Transactional
  public List<?> rows(String sql, Object... parameters) {
    return query(sql, parameters).getResultList();
  }

  @Transactional
  public void change(String sql, Object... parameters) {
    query(sql, parameters).executeUpdate();
  }

  /** Until another transaction waits for a lock that the present one holds. */
  @Transactional
  public void awaitAnotherWaitingForUs() {
    Awaitility.await()
        .pollInSameThread()
        .until(() ->
            count(
                    "select count(*) from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))")
                > 0);
  }

  private Query query(String sql, Object... parameters) {
    Query query = database.createNativeQuery(sql);
    for (int i = 0; i < parameters.length; i++) {
      query.setParameter(i + 1, parameters[i]);
    }
    return query;
  }
}
