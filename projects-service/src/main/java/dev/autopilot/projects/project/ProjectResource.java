package dev.autopilot.projects.project;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.events.idempotency.Idempotent;
import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import dev.autopilot.kernel.web.Etags;
import dev.autopilot.kernel.web.Flags;
import dev.autopilot.kernel.web.MergePatch;
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

/** Projects of which the caller is a member. */
@Path("/api/projects")
@Scoped("projects")
@RunOnVirtualThread
public class ProjectResource {
  private final Projects projects;
  private final EditProjects edit;
  private final Identity identity;

  ProjectResource(Projects projects, EditProjects edit, Identity identity) {
    this.projects = projects;
    this.edit = edit;
    this.identity = identity;
  }

  @POST
  @Idempotent
  public Response create(@Valid @NotNull ProjectRequest request) {
    ProjectView project = edit.create(me(), request);
    return Response.created(URI.create("/api/projects/" + project.id()))
        .entity(project)
        .header("ETag", Etags.of(project.version()))
        .build();
  }

  @GET
  @Operation(
      summary = "List",
      description =
          "Newest first. With deleted=true those of the caller's own that are deleted, what was"
              + " deleted last first; erasedFrom says until when each is kept for certain.")
  public Page<ProjectView> list(
      @RestQuery("deleted") @Nullable String deleted, @BeanParam PageRequest page) {
    return Flags.of("deleted", deleted) ? projects.deleted(me(), page) : projects.page(me(), page);
  }

  @GET
  @Path("/{id}")
  public RestResponse<ProjectView> read(@RestPath UUID id) {
    return tagged(projects.seenBy(me(), id).view());
  }

  @PATCH
  @Path("/{id}")
  @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
  public RestResponse<ProjectView> change(
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
          "Brings a deleted project back with everything in it, until it is erased; only its owner"
              + " can. One that isn't deleted stays as it is.")
  public Response restore(@RestPath UUID id, @RestHeader("If-Match") @Nullable String ifMatch) {
    return tagged(edit.restore(me(), id, ifMatch)).toResponse();
  }

  private UUID me() {
    return identity.caller().userId();
  }

  private static RestResponse<ProjectView> tagged(ProjectView project) {
    return RestResponse.ResponseBuilder.ok(project)
        .header("ETag", Etags.of(project.version()))
        .build();
  }
}
