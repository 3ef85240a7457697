package dev.autopilot.projects.database;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.events.idempotency.Idempotent;
import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
import dev.autopilot.kernel.web.Etags;
import dev.autopilot.kernel.web.MergePatch;
import dev.autopilot.projects.schema.FieldDefinition;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** The fields of a database, one at a time; each call answers with the whole database. */
@Path("/api/databases/{id}/fields")
@Scoped("projects")
@RunOnVirtualThread
public class FieldResource {
  private final EditFields edit;
  private final Identity identity;

  FieldResource(EditFields edit, Identity identity) {
    this.edit = edit;
    this.identity = identity;
  }

  @POST
  @Idempotent(timeout = EditFields.LONG_ENOUGH_FOR_A_MILLION_RECORDS)
  public Response add(
      @RestPath UUID id,
      @RestHeader("If-Match") @Nullable String ifMatch,
      @Valid @NotNull FieldDefinition definition) {
    return tagged(Response.Status.CREATED, edit.add(me(), id, definition, ifMatch));
  }

  @PATCH
  @Path("/{key}")
  @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
  public Response change(
      @RestPath UUID id,
      @RestPath String key,
      @RestHeader("If-Match") @Nullable String ifMatch,
      ObjectNode patch) {
    return tagged(Response.Status.OK, edit.change(me(), id, key, patch, ifMatch));
  }

  @DELETE
  @Path("/{key}")
  public Response remove(
      @RestPath UUID id, @RestPath String key, @RestHeader("If-Match") @Nullable String ifMatch) {
    return tagged(Response.Status.OK, edit.remove(me(), id, key, ifMatch));
  }

  /** Puts the fields in another order. */
  @PUT
  public Response order(
      @RestPath UUID id,
      @RestHeader("If-Match") @Nullable String ifMatch,
      @Valid @NotNull FieldOrder order) {
    return tagged(Response.Status.OK, edit.order(me(), id, order.keys(), ifMatch));
  }

  private UUID me() {
    return identity.caller().userId();
  }

  private static Response tagged(Response.Status status, DatabaseView database) {
    return Response.status(status)
        .entity(database)
        .header("ETag", Etags.of(database.version()))
        .build();
  }
}
