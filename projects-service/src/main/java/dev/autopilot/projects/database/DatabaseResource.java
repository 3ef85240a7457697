package dev.autopilot.projects.database;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.events.idempotency.Idempotent;
import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.web.Etags;
import dev.autopilot.kernel.web.Flags;
import dev.autopilot.kernel.web.MergePatch;
import dev.autopilot.projects.storage.RecordCounts;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Databases of the caller's projects. */
@Path("/api/databases")
@Scoped("projects")
@RunOnVirtualThread
public class DatabaseResource {
  private final Databases databases;
  private final EditDatabases edit;
  private final RestoreDatabase restore;
  private final RecordCounts counts;
  private final Identity identity;

  DatabaseResource(
      Databases databases,
      EditDatabases edit,
      RestoreDatabase restore,
      RecordCounts counts,
      Identity identity) {
    this.databases = databases;
    this.edit = edit;
    this.restore = restore;
    this.counts = counts;
    this.identity = identity;
  }

  @POST
  @Idempotent
  public Response create(@Valid @NotNull CreateDatabaseRequest request) {
    DatabaseView database = edit.create(me(), request);
    return Response.created(URI.create("/api/databases/" + database.id()))
        .entity(database)
        .header("ETag", Etags.of(database.version()))
        .build();
  }

  @GET
  @Operation(
      summary = "List",
      description =
          "Newest first. With deleted=true those that are deleted and that the caller may restore,"
              + " what was deleted last first; erasedFrom says until when each is kept for certain."
              + " Those of a deleted project come back with it.")
  public Page<DatabaseView> list(
      @RestQuery("projectId") @Nullable String projectId,
      @RestQuery("deleted") @Nullable String deleted,
      @BeanParam PageRequest page) {
    UUID project = projectId == null ? null : id(projectId);
    return Flags.of("deleted", deleted)
        ? databases.deleted(me(), project, page)
        : databases.page(me(), project, page);
  }

  @GET
  @Path("/{id}")
  public RestResponse<DatabaseView> read(@RestPath UUID id) {
    return tagged(databases.seenBy(me(), id).database().view(counts.of(id)));
  }

  @PATCH
  @Path("/{id}")
  @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
  public RestResponse<DatabaseView> change(
      @RestPath UUID id, @RestHeader("If-Match") @Nullable String ifMatch, ObjectNode patch) {
    return tagged(edit.change(me(), id, patch, ifMatch));
  }

  @DELETE
  @Path("/{id}")
  public void delete(@RestPath UUID id, @RestHeader("If-Match") @Nullable String ifMatch) {
    edit.delete(me(), id, ifMatch);
  }

  @POST
  @Path("/{id}/restore")
  @Idempotent
  @Operation(
      summary = "Restore",
      description =
          "Brings a deleted database back with its records, until it is erased; relations to it hold"
              + " again, and its own let go of what was deleted meanwhile. Whoever may delete it can."
              + " One that isn't deleted stays as it is.")
  public Response restore(@RestPath UUID id, @RestHeader("If-Match") @Nullable String ifMatch) {
    return tagged(restore.restore(me(), id, ifMatch)).toResponse();
  }

  private UUID me() {
    return identity.caller().userId();
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException notAnId) {
      throw CommonError.VALIDATION_FAILED.at("/projectId", "Expected an id.");
    }
  }

  private static RestResponse<DatabaseView> tagged(DatabaseView database) {
    return RestResponse.ResponseBuilder.ok(database)
        .header("ETag", Etags.of(database.version()))
        .build();
  }
}
