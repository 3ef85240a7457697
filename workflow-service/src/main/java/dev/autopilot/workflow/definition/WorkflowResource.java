package dev.autopilot.workflow.definition;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.events.idempotency.Idempotent;
import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.kernel.Ids;
import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
import dev.autopilot.kernel.page.Cursor;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import dev.autopilot.kernel.web.Etags;
import dev.autopilot.kernel.web.MergePatch;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code /api/workflows}. */
@Path("/api/workflows")
@Tag(name = "Workflows")
@Scoped("workflows")
@RunOnVirtualThread
@Transactional
@Produces(MediaType.APPLICATION_JSON)
public class WorkflowResource {
  private final Identity identity;
  private final Workflows workflows;
  private final SaveWorkflow save;
  private final MergePatch mergePatch;
  private final Outbox outbox;

  WorkflowResource(
      Identity identity,
      Workflows workflows,
      SaveWorkflow save,
      MergePatch mergePatch,
      Outbox outbox) {
    this.identity = identity;
    this.workflows = workflows;
    this.save = save;
    this.mergePatch = mergePatch;
    this.outbox = outbox;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "Makes a workflow; its definition is version 1, a draft")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = WorkflowView.class)))
  public Response create(@Valid @NotNull NewWorkflow request) {
    Workflow workflow = save.create(Ids.next(), identity.caller().userId(), request);
    return Response.created(URI.create("/api/workflows/" + workflow.id()))
        .header(HttpHeaders.ETAG, Etags.of(workflow.version()))
        .entity(workflow.view(request.definition()))
        .build();
  }

  @GET
  @Operation(summary = "The caller's workflows, the newest first")
  public Page<WorkflowView> list(@BeanParam PageRequest page) {
    UUID owner = identity.caller().userId();
    Cursor cursor = page.cursor();
    Page<WorkflowView> found =
        Page.bounded(
                workflows.page(owner, cursor == null ? null : cursor.uuid(0), page.limitPlusOne()),
                page,
                one -> Cursor.of(one.workflow().id()),
                one -> one.draft().size())
            .map(Workflows.Drafted::view);
    return page.count() ? found.withTotal(workflows.countOf(owner)) : found;
  }

  @GET
  @Path("{id}")
  public RestResponse<WorkflowView> get(@RestPath UUID id) {
    return tagged(workflows.of(identity.caller().userId(), id));
  }

  @PATCH
  @Path("{id}")
  @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
  @Operation(
      summary = "Changes a workflow by JSON merge patch",
      description = "Another definition becomes another version, the draft.")
  public RestResponse<WorkflowView> edit(
      @RestPath UUID id,
      @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @RequestBody(content = @Content(schema = @Schema(implementation = WorkflowEdit.class)))
          @Nullable ObjectNode patch) {
    Workflow workflow = workflows.toChange(identity.caller().userId(), id);
    Etags.requireMatch(ifMatch, workflow.version());
    ObjectNode definition = workflows.draftOf(workflow).definition();
    save.edit(workflow, definition, mergePatch.apply(workflow.editable(definition), patch));
    return tagged(workflow);
  }

  @POST
  @Path("{id}/publish")
  @Idempotent
  @Operation(summary = "From now on the present draft is what is executed")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = WorkflowView.class)))
  public Response publish(
      @RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    Workflow workflow = workflows.toChange(identity.caller().userId(), id);
    Etags.requireMatch(ifMatch, workflow.version());
    save.publish(workflow);
    return tagged(workflow).toResponse();
  }

  @GET
  @Path("{id}/versions")
  @Operation(summary = "The workflow's definitions, the newest first")
  public Page<WorkflowVersionView> versions(@RestPath UUID id, @BeanParam PageRequest page) {
    Workflow workflow = workflows.of(identity.caller().userId(), id);
    Cursor cursor = page.cursor();
    int below = cursor == null ? Integer.MAX_VALUE : (int) Math.min(cursor.number(0), 1 << 30);
    return Page.bounded(
            workflows.versionsOf(workflow, below, page.limitPlusOne()),
            page,
            version -> Cursor.of(version.number()),
            WorkflowVersion::size)
        .map(WorkflowVersion::view);
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Deletes a workflow and all its versions")
  public void delete(
      @RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    Workflow workflow = workflows.toChange(identity.caller().userId(), id);
    Etags.requireMatch(ifMatch, workflow.version());
    workflows.delete(workflow);
    outbox.append(workflow.deleted());
  }

  @POST
  @Path("validate")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Tells what is wrong with a definition, by JSON pointer, and saves nothing")
  public Validation.Result validate(@Valid @NotNull Validation.Request request) {
    return Validation.Result.of(DefinitionCheck.of(request.definition(), "/definition"));
  }

  private RestResponse<WorkflowView> tagged(Workflow workflow) {
    return RestResponse.ResponseBuilder.ok(workflow.view(workflows.draftOf(workflow).definition()))
        .header(HttpHeaders.ETAG, Etags.of(workflow.version()))
        .build();
  }
}
