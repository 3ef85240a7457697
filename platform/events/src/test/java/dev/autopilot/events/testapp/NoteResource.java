package dev.autopilot.events.testapp;

import dev.autopilot.events.idempotency.Idempotent;
import dev.autopilot.kernel.problem.CommonError;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Notes over HTTP. */
@Path("/api/notes")
@RunOnVirtualThread
public class NoteResource {
  private final Notes notes;

  NoteResource(Notes notes) {
    this.notes = notes;
  }

  /**
   * @param fail {@code refuse} throws after the effect, {@code answer} answers 409 after it
   */
  public record NewNote(
      @NotBlank String text, @Nullable String fail, @Nullable Map<String, Integer> tags) {}

  @POST
  @Idempotent
  public Response create(@Valid NewNote request, @QueryParam("colour") String colour) {
    UUID id = notes.create(request.text());
    if ("refuse".equals(request.fail())) {
      throw CommonError.CONFLICT.problem();
    }
    if ("answer".equals(request.fail())) {
      return Response.status(409).entity(Map.of("id", id)).build();
    }
    return Response.created(URI.create("/api/notes/" + id))
        .tag(new EntityTag("0"))
        .entity(Map.of("id", id, "text", request.text()))
        .build();
  }

  @GET
  @PermitAll
  @Path("/count")
  public long count(@QueryParam("text") String text) {
    return notes.count(text);
  }
}
