package dev.autopilot.dashboard.activity;

import dev.autopilot.dashboard.scope.Whose;
import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /api/dashboard/activity}. */
@Path("/api/dashboard/activity")
@Tag(name = "Dashboard")
@Scoped("dashboard")
@RunOnVirtualThread
public class ActivityResource {
  private final Identity identity;
  private final Activities activities;

  ActivityResource(Identity identity, Activities activities) {
    this.identity = identity;
    this.activities = activities;
  }

  @GET
  @Operation(
      summary = "What happened to the caller's things, newest first",
      description = "An admin may ask for everybody's with scope=all.")
  public Page<Activity> activity(@BeanParam PageRequest page, @RestQuery @Nullable String scope)
      throws SQLException {
    Whose whose = Whose.asked(scope, identity.caller());
    Cursor cursor = page.cursor();
    long before = cursor == null ? Long.MAX_VALUE : cursor.number(0);
    Page<Activity> found =
        Page.of(
                activities.before(whose, before, page.limitPlusOne()),
                page,
                placed -> Cursor.of(placed.position()))
            .map(Activity.Placed::activity);
    return page.count() ? found.withTotal(activities.count(whose)) : found;
  }
}
