package dev.autopilot.chat.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.events.idempotency.Idempotent;
import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.kernel.Ids;
import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
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
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

/** {@code /api/sessions}. */
@Path("/api/sessions")
@Tag(name = "Sessions")
@Scoped("chat")
@RunOnVirtualThread
@Transactional
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {
  private final Identity identity;
  private final Sessions sessions;
  private final Outbox outbox;
  private final MergePatch mergePatch;
  private final Clock clock;

  SessionResource(
      Identity identity, Sessions sessions, Outbox outbox, MergePatch mergePatch, Clock clock) {
    this.identity = identity;
    this.sessions = sessions;
    this.outbox = outbox;
    this.mergePatch = mergePatch;
    this.clock = clock;
  }

  @POST
  @Path("create")
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "Begins a session")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = SessionView.class)))
  public Response create(@Valid @NotNull NewSession request) {
    Session session = new Session(Ids.next(), identity.caller().userId(), request, now());
    sessions.persist(session);
    outbox.append(session.created());
    return Response.created(URI.create("/api/sessions/" + session.id()))
        .header(HttpHeaders.ETAG, Etags.of(session.version()))
        .entity(session.view())
        .build();
  }

  @GET
  @Operation(summary = "The caller's sessions, the last used first")
  public Page<SessionView> list(@BeanParam PageRequest page) {
    UUID owner = identity.caller().userId();
    Page<SessionView> found =
        Page.bounded(
                sessions.page(owner, page.cursor(), page.limitPlusOne()),
                page,
                Sessions::cursorOf,
                Session::size)
            .map(Session::view);
    return page.count() ? found.withTotal(sessions.countOf(owner)) : found;
  }

  @GET
  @Path("{id}")
  public RestResponse<SessionView> get(@RestPath UUID id) {
    return tagged(sessions.of(identity.caller().userId(), id));
  }

  @PATCH
  @Path("{id}")
  @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
  @Operation(summary = "Changes title, model, systemPrompt or projectId by JSON merge patch")
  public RestResponse<SessionView> edit(
      @RestPath UUID id,
      @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @RequestBody(content = @Content(schema = @Schema(implementation = SessionEdit.class)))
          @Nullable ObjectNode patch) {
    Session session = sessions.toChange(identity.caller().userId(), id);
    Etags.requireMatch(ifMatch, session.version());
    session.edit(mergePatch.apply(session.editable(), patch), now());
    sessions.flush();
    return tagged(session);
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Deletes a session and all that was said in it")
  public void delete(
      @RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    Session session = sessions.toChange(identity.caller().userId(), id);
    Etags.requireMatch(ifMatch, session.version());
    sessions.delete(session);
    outbox.append(session.deleted());
  }

  private static RestResponse<SessionView> tagged(Session session) {
    return RestResponse.ResponseBuilder.ok(session.view())
        .header(HttpHeaders.ETAG, Etags.of(session.version()))
        .build();
  }

  /** As exact as PostgreSQL keeps it, so that what is answered now is answered again later. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
