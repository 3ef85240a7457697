package dev.autopilot.kernel.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import dev.autopilot.kernel.problem.ErrorCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** A resource such as services have, for the tests of what surrounds one. */
@Path("/api/things")
@RunOnVirtualThread
public class ThingResource {
  private final Identity identity;

  ThingResource(Identity identity) {
    this.identity = identity;
  }

  public record Part(@NotBlank String name, int size) {}

  public record Thing(
      @NotBlank @Size(max = 20) String name,
      @Nullable Integer size,
      @Nullable Instant at,
      @Nullable List<@Valid Part> parts,
      @Nullable JsonNode extra) {}

  enum ThingError implements ErrorCode {
    THING_IS_BROKEN;

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "The thing is broken";
    }
  }

  @POST
  @PermitAll
  @Consumes(MediaType.APPLICATION_JSON)
  public Thing echo(@Valid Thing thing) {
    return thing;
  }

  public record Name(@NotBlank String name) {}

  @POST
  @Path("/names")
  @PermitAll
  public Name echo(@Valid Name name) {
    return name;
  }

  @GET
  @PermitAll
  public Page<String> list(@BeanParam PageRequest page) {
    return new Page<>(List.of("limit " + page.limit()), null, page.count() ? 1L : null);
  }

  @GET
  @Path("/mine")
  public String mine() {
    return identity.caller().userId().toString();
  }

  @GET
  @Path("/scoped")
  @Scoped("things")
  public String scoped() {
    return "read";
  }

  @POST
  @Path("/scoped")
  @Scoped("things")
  public String scopedWrite() {
    return "written";
  }

  @GET
  @Path("/by-id/{id}")
  @PermitAll
  public UUID byId(@RestPath UUID id) {
    return id;
  }

  @GET
  @Path("/broken")
  @PermitAll
  public String broken() {
    throw ThingError.THING_IS_BROKEN.problem("Mend it first.");
  }

  @GET
  @Path("/crash")
  @PermitAll
  public String crash() {
    throw new IllegalStateException("select secret from vault at db.internal:5432");
  }
}
