package dev.autopilot.projects.transfer;

import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;

/** How far imports are, and what they refused. */
@Path("/api/imports/{id}")
@Scoped("projects")
@RunOnVirtualThread
public class ImportJobResource {
  private final Imports imports;
  private final ErrorFile errorFile;
  private final Identity identity;

  ImportJobResource(Imports imports, ErrorFile errorFile, Identity identity) {
    this.imports = imports;
    this.errorFile = errorFile;
    this.identity = identity;
  }

  @GET
  public ImportView read(@RestPath UUID id) {
    return imports.seenBy(identity.caller().userId(), id);
  }

  @GET
  @Path("/errors")
  @Produces("text/csv")
  public Response errors(@RestPath UUID id) {
    return Response.ok(errorFile.of(read(id).id()))
        .header("Content-Disposition", "attachment; filename=\"import-errors.csv\"")
        .build();
  }
}
