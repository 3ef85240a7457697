package dev.autopilot.projects.transfer;

import dev.autopilot.events.idempotency.IdempotentStream;
import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.kernel.web.Flags;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** Files into records. */
@Path("/api/databases/{id}/import")
@Scoped("projects")
@RunOnVirtualThread
public class ImportResource {
  private final StartImport startImport;
  private final IdempotentStream idempotent;
  private final Identity identity;

  ImportResource(StartImport startImport, IdempotentStream idempotent, Identity identity) {
    this.startImport = startImport;
    this.idempotent = idempotent;
    this.identity = identity;
  }

  @POST
  @Consumes("text/csv")
  public Response importCsv(
      @RestPath UUID id,
      @RestQuery("mapping") @Nullable String mapping,
      @RestQuery("dryRun") @Nullable String dryRun,
      InputStream content)
      throws Exception {
    return answer(id, Format.CSV, mapping, dryRun, content);
  }

  @POST
  @Consumes("application/x-ndjson")
  public Response importJsonLines(
      @RestPath UUID id,
      @RestQuery("mapping") @Nullable String mapping,
      @RestQuery("dryRun") @Nullable String dryRun,
      InputStream content)
      throws Exception {
    return answer(id, Format.JSONL, mapping, dryRun, content);
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response importFile(
      @RestPath UUID id,
      @RestQuery("mapping") @Nullable String mapping,
      @RestQuery("dryRun") @Nullable String dryRun,
      @RestForm("file") @Nullable FileUpload file)
      throws Exception {
    if (file == null) {
      throw CommonError.VALIDATION_FAILED.at("/file", "A file is needed.");
    }
    try (InputStream content = Files.newInputStream(file.uploadedFile())) {
      return answer(id, format(file), mapping, dryRun, content);
    }
  }

  /** By its name; what it holds is found out in any case when it is read. */
  private static Format format(FileUpload file) {
    String name = file.fileName().toLowerCase(Locale.ROOT);
    return name.endsWith(".jsonl") || name.endsWith(".ndjson") ? Format.JSONL : Format.CSV;
  }

  private Response answer(
      UUID id,
      Format format,
      @Nullable String mapping,
      @Nullable String dryRun,
      InputStream content)
      throws Exception {
    if (Flags.of("dryRun", dryRun)) {
      return Response.ok(startImport.preview(me(), id, format, content)).build();
    }
    if (!idempotent.isRepeated()) {
      startImport.requireRoom(me());
    }
    try (StartImport.Arrived file = startImport.take(me(), id, format, mapping, content)) {
      return idempotent.answer(
          List.of(format, file.sha256()), () -> accepted(startImport.start(me(), file)));
    }
  }

  private static Response accepted(ImportView job) {
    return Response.accepted(job).location(URI.create("/api/imports/" + job.id())).build();
  }

  private UUID me() {
    return identity.caller().userId();
  }
}
