package dev.autopilot.local.suite;

import dev.autopilot.embedded.ProcessIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is written down about a running suite, for other terminals and for the next start.
 *
 * @param runner the process that supervises the others
 * @param url the gateway's address
 * @param kafka the broker's, for benchmarks and demonstrations
 */
public record RunState(
    ProcessIdentity runner,
    Instant startedAt,
    Phase phase,
    String url,
    String kafka,
    List<Member> members) {

  /** How far the suite as a whole is. */
  public enum Phase {
    STARTING,
    READY,
    STOPPING
  }

  /**
   * One process.
   *
   * @param process empty while it isn't running
   * @param managementPort where it answers for its health; 0 for PostgreSQL and Kafka, which answer
   *     on their port
   */
  public record Member(
      String name,
      Optional<ProcessIdentity> process,
      int port,
      int managementPort,
      String state,
      int restarts) {}

  public RunState {
    members = List.copyOf(members);
  }

  public boolean isRunning() {
    return runner.isAlive();
  }

  /** Processes that are alive though their runner isn't. */
  public List<Member> leftovers() {
    if (isRunning()) {
      return List.of();
    }
    return members.stream()
        .filter(member -> member.process().filter(ProcessIdentity::isAlive).isPresent())
        .toList();
  }
}
