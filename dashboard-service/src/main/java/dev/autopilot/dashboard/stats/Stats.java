package dev.autopilot.dashboard.stats;

import java.math.BigDecimal;
import java.util.Map;

/**
 * The figures.
 *
 * @param messages questions and answers
 * @param tokens in and out
 * @param cost in US dollars
 * @param webhooks endpoints for incoming ones
 */
public record Stats(
    long users,
    long sessions,
    long messages,
    long tokens,
    BigDecimal cost,
    long projects,
    long databases,
    long records,
    long files,
    long workflows,
    Executions executions,
    long integrations,
    long webhooks) {

  /** How the runs of workflows ended, and how many have not. */
  public record Executions(long total, long succeeded, long failed, long running) {}

  static Stats of(Map<String, BigDecimal> tallies) {
    return new Stats(
        whole(tallies, "users"),
        whole(tallies, "sessions"),
        whole(tallies, "messages"),
        whole(tallies, "tokens"),
        amount(tallies, "cost"),
        whole(tallies, "projects"),
        whole(tallies, "databases"),
        whole(tallies, "records"),
        whole(tallies, "files"),
        whole(tallies, "workflows"),
        new Executions(
            whole(tallies, "executions"),
            whole(tallies, "executions_succeeded"),
            whole(tallies, "executions_failed"),
            whole(tallies, "executions_running")),
        whole(tallies, "integrations"),
        whole(tallies, "webhooks"));
  }

  private static long whole(Map<String, BigDecimal> tallies, String metric) {
    return amount(tallies, metric).longValue();
  }

  /** An end may be heard before its beginning when that was poison; nobody has fewer than none. */
  private static BigDecimal amount(Map<String, BigDecimal> tallies, String metric) {
    return tallies.getOrDefault(metric, BigDecimal.ZERO).max(BigDecimal.ZERO);
  }
}
