package dev.autopilot.projects.file;

import dev.autopilot.events.idempotency.IdempotentStream;
import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
import dev.autopilot.kernel.problem.CommonError;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Resumable uploads: tus 1.0.0 with the extensions creation and termination. */
@Path("/api/files/uploads")
@Scoped("projects")
@RunOnVirtualThread
public class UploadResource {
  private static final String VERSION = "1.0.0";

  private final Uploads uploads;
  private final FileSettings settings;
  private final IdempotentStream idempotent;
  private final Identity identity;

  UploadResource(
      Uploads uploads, FileSettings settings, IdempotentStream idempotent, Identity identity) {
    this.uploads = uploads;
    this.settings = settings;
    this.idempotent = idempotent;
    this.identity = identity;
  }

  @OPTIONS
  public Response options() {
    return Response.noContent()
        .header("Tus-Resumable", VERSION)
        .header("Tus-Version", VERSION)
        .header("Tus-Extension", "creation,termination")
        .header("Tus-Max-Size", settings.largest().asLongValue())
        .build();
  }

  @POST
  public Response create(
      @RestHeader("Tus-Resumable") @Nullable String version,
      @RestHeader("Upload-Length") @Nullable String length,
      @RestHeader("Upload-Metadata") @Nullable String metadata)
      throws Exception {
    requireVersion(version);
    Map<String, String> told = metadata(metadata);
    UUID project = id(told.get("projectId"));
    String name = told.getOrDefault("filename", told.getOrDefault("name", ""));
    long size = number("Upload-Length", length);
    Response answer =
        idempotent.answer(
            Arrays.asList(project, name, size),
            () -> created(uploads.begin(me(), project, name, size)));
    return tus(Response.fromResponse(answer));
  }

  private static Response created(Uploads.Upload upload) {
    return Response.created(URI.create("/api/files/uploads/" + upload.id())).build();
  }

  @HEAD
  @Path("/{id}")
  public Response head(@RestPath UUID id, @RestHeader("Tus-Resumable") @Nullable String version)
      throws IOException {
    requireVersion(version);
    Uploads.Upload upload = uploads.settled(me(), id);
    return tus(
        Response.ok()
            .header("Upload-Offset", upload.received())
            .header("Upload-Length", upload.size())
            .header("Cache-Control", "no-store"));
  }

  @PATCH
  @Path("/{id}")
  @Consumes("application/offset+octet-stream")
  public Response append(
      @RestPath UUID id,
      @RestHeader("Tus-Resumable") @Nullable String version,
      @RestHeader("Upload-Offset") @Nullable String offset,
      InputStream content)
      throws IOException {
    requireVersion(version);
    long received = uploads.append(me(), id, number("Upload-Offset", offset), content);
    return tus(Response.noContent().header("Upload-Offset", received));
  }

  @DELETE
  @Path("/{id}")
  public Response drop(@RestPath UUID id, @RestHeader("Tus-Resumable") @Nullable String version) {
    requireVersion(version);
    uploads.drop(me(), id);
    return tus(Response.noContent());
  }

  private UUID me() {
    return identity.caller().userId();
  }

  private static Response tus(Response.ResponseBuilder answer) {
    return answer.header("Tus-Resumable", VERSION).build();
  }

  private static void requireVersion(@Nullable String version) {
    if (!VERSION.equals(version)) {
      throw FileError.TUS_VERSION.problem().header("Tus-Version", VERSION);
    }
  }

  private static long number(String name, @Nullable String text) {
    if (text == null || !text.matches("[0-9]{1,18}")) {
      throw CommonError.BAD_REQUEST.problem(name + " is a whole number.");
    }
    return Long.parseLong(text);
  }

  /** {@code key base64,key base64}, as the protocol has it. */
  private static Map<String, String> metadata(@Nullable String header) {
    Map<String, String> metadata = new HashMap<>();
    for (String pair : (header == null ? "" : header).split(",")) {
      String[] parts = pair.strip().split(" ", 2);
      if (parts.length == 2) {
        try {
          metadata.put(
              parts[0],
              new String(Base64.getDecoder().decode(parts[1].strip()), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
          throw CommonError.BAD_REQUEST.problem("Upload-Metadata is in base64.");
        }
      }
    }
    return metadata;
  }

  private static @Nullable UUID id(@Nullable String text) {
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException notAnId) {
      throw CommonError.BAD_REQUEST.problem("projectId is an id.");
    }
  }
}
