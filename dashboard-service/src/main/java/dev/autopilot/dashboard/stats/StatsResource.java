package dev.autopilot.dashboard.stats;

import dev.autopilot.dashboard.scope.Whose;
import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /api/dashboard/stats}. */
@Path("/api/dashboard/stats")
@Tag(name = "Dashboard")
@Scoped("dashboard")
@RunOnVirtualThread
public class StatsResource {
  private final Identity identity;
  private final Tallies tallies;

  StatsResource(Identity identity, Tallies tallies) {
    this.identity = identity;
    this.tallies = tallies;
  }

  @GET
  @Operation(
      summary = "What the caller has, in numbers",
      description = "An admin may ask for everybody's with scope=all.")
  public Stats stats(@RestQuery @Nullable String scope) throws SQLException {
    return Stats.of(tallies.of(Whose.asked(scope, identity.caller())));
  }
}
