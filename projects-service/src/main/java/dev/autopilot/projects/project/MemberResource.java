package dev.autopilot.projects.project;

import dev.autopilot.events.idempotency.Idempotent;
import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
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
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;

/** The members of a project. */
@Path("/api/projects/{id}/members")
@Scoped("projects")
@RunOnVirtualThread
public class MemberResource {
  private final Members members;
  private final Identity identity;

  MemberResource(Members members, Identity identity) {
    this.members = members;
    this.identity = identity;
  }

  @GET
  public Page<MemberView> list(@RestPath UUID id, @BeanParam PageRequest page) {
    return members.page(me(), id, page);
  }

  @POST
  @Idempotent
  public Response add(@RestPath UUID id, @Valid @NotNull AddMemberRequest request) {
    return Response.status(Response.Status.CREATED).entity(members.add(me(), id, request)).build();
  }

  @PATCH
  @Path("/{userId}")
  @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
  public MemberView change(
      @RestPath UUID id, @RestPath UUID userId, @Valid @NotNull ChangeMemberRequest request) {
    return members.change(me(), id, userId, request.role());
  }

  @DELETE
  @Path("/{userId}")
  public void remove(@RestPath UUID id, @RestPath UUID userId) {
    members.remove(me(), id, userId);
  }

  private UUID me() {
    return identity.caller().userId();
  }
}
