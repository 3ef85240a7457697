package dev.autopilot.auth;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;

/**
 * Counts what a call costs, in SQL statements and password hashes. Time would say the same less
 * surely: on a busy machine it says nothing.
 */
@ApplicationScoped
public class Work {
  /** Housekeeping that runs beside the call may add to a count; hardly to each of these. */
  private static final int TIMES = 5;

  private final Statistics database;
  private final MeterRegistry meters;

  Work(SessionFactory factory, MeterRegistry meters) {
    this.database = factory.getStatistics();
    this.meters = meters;
  }

  /** What was done for one call. */
  public record Done(long statements, long hashes) {}

  /** The least that was done for it, of a few times. */
  public Done by(Runnable call) {
    return IntStream.range(0, TIMES)
        .mapToObj(time -> count(call))
        .min(Comparator.comparingLong(Done::statements))
        .orElseThrow();
  }

  private Done count(Runnable call) {
    long statements = database.getPrepareStatementCount();
    long hashes = hashes();
    call.run();
    return new Done(database.getPrepareStatementCount() - statements, hashes() - hashes);
  }

  private long hashes() {
    return meters.get("auth.password.hashing").timer().count();
  }
}
