package dev.autopilot.projects.record;

import dev.autopilot.events.idempotency.Idempotent;
import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import dev.autopilot.kernel.web.Etags;
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
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Records of the databases that the caller may see. */
@Path("/api/records")
@Scoped("projects")
@RunOnVirtualThread
public class RecordResource {
  private final EditRecords edit;
  private final ListRecords list;
  private final Identity identity;

  RecordResource(EditRecords edit, ListRecords list, Identity identity) {
    this.edit = edit;
    this.list = list;
    this.identity = identity;
  }

  @POST
  @Idempotent
  public Response create(@Valid @NotNull CreateRecordRequest request) {
    RecordView record = edit.create(me(), request);
    return Response.created(URI.create("/api/records/" + record.id()))
        .entity(record)
        .header("ETag", Etags.of(record.version()))
        .build();
  }

  @GET
  @Parameter(name = "databaseId", in = ParameterIn.QUERY, required = true)
  @Operation(
      description =
          "A page ends before its limit where its records' values would exceed 2 MiB together;"
              + " nextCursor goes on as ever.")
  public Page<RecordView> list(@BeanParam ListRequest request, @BeanParam PageRequest page) {
    return list.page(me(), request, page);
  }

  @GET
  @Path("/{id}")
  public RestResponse<RecordView> read(@RestPath UUID id) {
    return tagged(edit.read(me(), id));
  }

  @PATCH
  @Path("/{id}")
  @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
  public RestResponse<RecordView> change(
      @RestPath UUID id,
      @RestHeader("If-Match") @Nullable String ifMatch,
      @Valid @NotNull ChangeRecordRequest request) {
    return tagged(edit.change(me(), id, request.values(), ifMatch));
  }

  @DELETE
  @Path("/{id}")
  public void delete(@RestPath UUID id, @RestHeader("If-Match") @Nullable String ifMatch) {
    edit.delete(me(), id, ifMatch);
  }

  private UUID me() {
    return identity.caller().userId();
  }

  private static RestResponse<RecordView> tagged(RecordView record) {
    return RestResponse.ResponseBuilder.ok(record)
        .header("ETag", Etags.of(record.version()))
        .build();
  }
}
