package dev.autopilot.auth.key;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jose4j.jwk.JsonWebKey;

/** Where everybody reads the keys that access tokens are signed with. */
@Path("/.well-known/jwks.json")
@Tag(name = "keys")
@PermitAll
@RunOnVirtualThread
public class JwksResource {
  private final KeyRing ring;

  JwksResource(KeyRing ring) {
    this.ring = ring;
  }

  /** A JWK set (RFC 7517, section 5). */
  @RegisterForReflection
  public record Jwks(List<Map<String, Object>> keys) {}

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "The public keys of access tokens, as a JWK set (RFC 7517)")
  public Response keys() {
    Jwks jwks =
        new Jwks(
            ring.published().stream()
                .map(key -> key.jwk().toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY))
                .toList());
    return Response.ok(jwks).header("Cache-Control", "public, max-age=60").build();
  }
}
