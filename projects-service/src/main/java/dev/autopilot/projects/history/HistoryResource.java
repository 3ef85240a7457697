package dev.autopilot.projects.history;

import dev.autopilot.events.idempotency.Idempotent;
import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.web.Etags;
import dev.autopilot.projects.database.Schemas;
import dev.autopilot.projects.record.RecordView;
import dev.autopilot.projects.revision.Revision;
import dev.autopilot.projects.revision.Revisions;
import dev.autopilot.projects.schema.Schema;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** The versions of a record, also of one that is deleted. */
@Path("/api/records/{id}")
@Scoped("projects")
@RunOnVirtualThread
public class HistoryResource {
  private final Revisions revisions;
  private final Schemas schemas;
  private final RestoreRecord restore;
  private final Identity identity;

  HistoryResource(Revisions revisions, Schemas schemas, RestoreRecord restore, Identity identity) {
    this.revisions = revisions;
    this.schemas = schemas;
    this.restore = restore;
    this.identity = identity;
  }

  /** Newest first. */
  @GET
  @Path("/history")
  @Operation(
      description =
          "Newest first. A page ends before its limit where its versions' values would exceed 2 MiB"
              + " together; nextCursor goes on as ever.")
  public Page<RevisionView> history(@RestPath UUID id, @BeanParam PageRequest page) {
    UUID databaseId = revisions.databaseOf(id);
    if (databaseId == null) {
      throw CommonError.NOT_FOUND.problem();
    }
    Schema _ = schemas.readable(databaseId, identity.caller().userId());
    Cursor cursor = page.cursor();
    int before =
        cursor == null ? Integer.MAX_VALUE : (int) Math.min(cursor.number(0), Integer.MAX_VALUE);
    return revisions
        .before(id, before, page.limit())
        .page((Revision revision) -> Cursor.of(revision.version()))
        .map(RevisionView::of)
        .withTotal(page.count() ? revisions.count(id) : null);
  }

  @POST
  @Path("/restore")
  @Idempotent
  public Response restore(@RestPath UUID id, @Valid @NotNull RestoreRequest request) {
    RecordView record = restore.restore(identity.caller().userId(), id, request.version());
    return Response.ok(record).header("ETag", Etags.of(record.version())).build();
  }
}
