package dev.autopilot.integration.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.autopilot.events.idempotency.Idempotent;
import dev.autopilot.events.outbox.Outbox;
import dev.autopilot.kernel.Ids;
import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import dev.autopilot.kernel.start.Settings;
import dev.autopilot.kernel.web.Etags;
import dev.autopilot.kernel.web.MergePatch;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
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

/** {@code /api/integrations/webhooks}. */
@Path("/api/integrations/webhooks")
@Tag(name = "Webhook endpoints")
@Scoped("integrations")
@RunOnVirtualThread
@Transactional
@Produces(MediaType.APPLICATION_JSON)
public class EndpointResource {
  private final Identity identity;
  private final Endpoints endpoints;
  private final Secrets secrets;
  private final Outbox outbox;
  private final MergePatch mergePatch;
  private final Clock clock;
  private final String baseUrl;

  EndpointResource(
      Identity identity,
      Endpoints endpoints,
      Secrets secrets,
      Outbox outbox,
      MergePatch mergePatch,
      Clock clock,
      Settings settings) {
    this.identity = identity;
    this.endpoints = endpoints;
    this.secrets = secrets;
    this.outbox = outbox;
    this.mergePatch = mergePatch;
    this.clock = clock;
    this.baseUrl = settings.publicUrl().toString().replaceFirst("/+$", "");
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Idempotent
  @Operation(summary = "Makes an endpoint; its secret is shown in this answer and never again")
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = EndpointView.class)))
  public Response create(@Valid NewEndpoint wanted) {
    wanted.verification().requireSense();
    UUID id = Ids.next();
    String secret = secrets.choose(wanted.verification());
    Endpoint endpoint =
        new Endpoint(id, identity.caller().userId(), wanted, secrets.seal(id, secret), now());
    endpoints.persist(endpoint);
    outbox.append(endpoint.created());
    return Response.created(URI.create("/api/integrations/webhooks/" + id))
        .header(HttpHeaders.ETAG, Etags.of(endpoint.version()))
        .entity(endpoint.view(baseUrl, secret))
        .build();
  }

  @GET
  @Operation(summary = "The caller's endpoints, the newest first")
  public Page<EndpointView> list(@BeanParam PageRequest page) {
    UUID owner = identity.caller().userId();
    Page<EndpointView> found =
        Page.of(
                endpoints.page(owner, page.cursor(), page.limitPlusOne()),
                page,
                Endpoints::cursorOf)
            .map(endpoint -> endpoint.view(baseUrl, null));
    return page.count() ? found.withTotal(endpoints.countOf(owner)) : found;
  }

  @GET
  @Path("{id}")
  public RestResponse<EndpointView> get(@RestPath UUID id) {
    return tagged(endpoints.of(identity.caller().userId(), id), null);
  }

  @PATCH
  @Path("{id}")
  @Consumes({MediaType.APPLICATION_JSON, MergePatch.MEDIA_TYPE})
  @Operation(
      summary = "Changes name or verification by JSON merge patch",
      description =
          "A secret that is left out stays, unless the scheme changes: then a new one is made as for"
              + " a new endpoint, and shown in this answer.")
  public RestResponse<EndpointView> edit(
      @RestPath UUID id,
      @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @RequestBody(content = @Content(schema = @Schema(implementation = NewEndpoint.class)))
          @Nullable ObjectNode patch) {
    Endpoint endpoint = endpoints.toChange(identity.caller().userId(), id);
    Etags.requireMatch(ifMatch, endpoint.version());
    NewEndpoint wanted = mergePatch.apply(endpoint.editable(), patch);
    wanted.verification().requireSense();
    Instant now = now();
    String secret = null;
    if (endpoint.needsNewSecretFor(wanted.verification())) {
      secret = secrets.choose(wanted.verification());
      endpoint.replaceSecret(secrets.seal(id, secret), now);
    }
    endpoint.edit(wanted, now);
    endpoints.flush();
    return tagged(endpoint, secret);
  }

  @DELETE
  @Path("{id}")
  @Operation(summary = "Deletes an endpoint and whatever was delivered to it")
  public void delete(
      @RestPath UUID id, @RestHeader(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
    Endpoint endpoint = endpoints.toChange(identity.caller().userId(), id);
    Etags.requireMatch(ifMatch, endpoint.version());
    endpoints.delete(endpoint);
    outbox.append(endpoint.deleted());
  }

  private RestResponse<EndpointView> tagged(Endpoint endpoint, @Nullable String secret) {
    return RestResponse.ResponseBuilder.ok(endpoint.view(baseUrl, secret))
        .header(HttpHeaders.ETAG, Etags.of(endpoint.version()))
        .build();
  }

  /** As exact as PostgreSQL keeps it, so that what is answered now is answered again later. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
