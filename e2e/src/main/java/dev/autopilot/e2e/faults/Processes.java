package dev.autopilot.e2e.faults;

import dev.autopilot.e2e.Answer;
import dev.autopilot.e2e.Await;
import dev.autopilot.e2e.Client;
import dev.autopilot.e2e.Home;
import dev.autopilot.embedded.ProcessIdentity;
import dev.autopilot.local.suite.RunState;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The suite's processes: to kill, and to see come back. */
final class Processes {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Home home;

  Processes(Home home) {
    this.home = home;
  }

  /** Everything that can die: the services, the gateway, and then what they stand on. */
  List<String> names() {
    List<String> servers = List.of("kafka", "postgres");
    return Stream.concat(
            home.state().members().stream()
                .map(RunState.Member::name)
                .filter(name -> !servers.contains(name)),
            servers.stream())
        .toList();
  }

  /** {@code kill -9}; returns which process it was, once it is gone. */
  ProcessIdentity kill(String name) {
    ProcessIdentity victim = member(name).process().orElseThrow();
    ProcessHandle handle = ProcessHandle.of(victim.pid()).orElseThrow();
    boolean _ = handle.destroyForcibly();
    var _ = handle.onExit().join();
    return victim;
  }

  /** Returns when another process is in the place of the one that was killed, and is ready. */
  void awaitSuccessor(String name, ProcessIdentity killed) {
    Await.until(
        name + " to be back",
        LIMIT,
        () -> member(name),
        member ->
            member.process().isPresent()
                && !member.process().get().equals(killed)
                && isReady(member));
  }

  /** Returns when each is ready: what somebody's end did to the others is over as well. */
  void awaitAllReady() {
    for (RunState.Member member : home.state().members()) {
      Await.until(
          member.name() + " to be ready", LIMIT, () -> member(member.name()), this::isReady);
    }
  }

  private boolean isReady(RunState.Member member) {
    if (!member.state().equals("RUNNING")) {
      return false;
    }
    if (member.managementPort() == 0) {
      return true;
    }
    Client management = Client.of(URI.create("http://127.0.0.1:" + member.managementPort()));
    return Patience.attempt(() -> management.get("/q/health/ready"))
        .map(Answer::status)
        .filter(status -> status == 200)
        .isPresent();
  }

  private RunState.Member member(String name) {
    return home.state().members().stream()
        .filter(member -> member.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
