package dev.autopilot.kernel.start;

import io.quarkus.arc.All;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.List;
import org.jboss.logging.Logger;

/** Asks every check before anything else starts; one refusal ends the process. */
@ApplicationScoped
class RefuseUnsafeStart {
  private static final Logger LOG = Logger.getLogger(RefuseUnsafeStart.class);

  private final List<StartupCheck> checks;

  RefuseUnsafeStart(@All List<StartupCheck> checks) {
    this.checks = checks;
  }

  void onStart(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start) {
    List<String> refusals =
        checks.stream().map(StartupCheck::refusal).filter(java.util.Objects::nonNull).toList();
    if (!refusals.isEmpty()) {
      refusals.forEach(LOG::fatal);
      Quarkus.asyncExit(1);
      throw new IllegalStateException(String.join(" ", refusals));
    }
  }
}
