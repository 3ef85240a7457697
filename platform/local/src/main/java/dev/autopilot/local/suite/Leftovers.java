package dev.autopilot.local.suite;

import dev.autopilot.embedded.ProcessIdentity;
import dev.autopilot.embedded.StopSignal;
import java.time.Duration;
import java.util.List;

/**
 * Processes that outlived a runner which was killed. Their watchdogs end them too, within their
 * grace.
 */
public final class Leftovers {
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final List<RunState.Member> members;

  private Leftovers(List<RunState.Member> members) {
    this.members = members;
  }

  public static Leftovers of(RunStateFile file) {
    return new Leftovers(file.read().map(RunState::leftovers).orElse(List.of()));
  }

  public List<String> names() {
    return members.stream().map(RunState.Member::name).toList();
  }

  /** Ends them; services first, then the servers that they use. */
  public void end(Report report) {
    if (members.isEmpty()) {
      return;
    }
    report.say("  ending what a killed run left behind: " + String.join(", ", names()));
    for (RunState.Member member : members.reversed()) {
      StopSignal signal = member.name().equals("postgres") ? StopSignal.INT : StopSignal.TERM;
      member.process().ifPresent((ProcessIdentity process) -> process.end(signal, GRACE));
    }
  }
}
