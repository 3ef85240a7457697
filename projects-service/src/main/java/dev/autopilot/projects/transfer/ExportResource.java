package dev.autopilot.projects.transfer;

import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
import dev.autopilot.kernel.problem.CommonError;
import dev.autopilot.projects.database.Schemas;
import dev.autopilot.projects.query.RecordQuery;
import dev.autopilot.projects.record.ListRequest;
import dev.autopilot.projects.schema.Schema;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Records as a file; what a list takes, an export takes too. */
@Path("/api/databases/{id}/export")
@Scoped("projects")
@RunOnVirtualThread
public class ExportResource {
  private final Schemas schemas;
  private final ExportRecords export;
  private final Identity identity;
  private final Clock clock;

  ExportResource(Schemas schemas, ExportRecords export, Identity identity, Clock clock) {
    this.schemas = schemas;
    this.export = export;
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * As an import reads it again; or, with {@code spreadsheet=true}, for a program that would take a
   * text such as {@code =1+1} for a formula: texts of that kind then begin with an apostrophe.
   */
  @GET
  public Response export(
      @RestPath UUID id,
      @RestQuery("format") @Nullable String format,
      @RestQuery("spreadsheet") boolean spreadsheet,
      @BeanParam ListRequest request) {
    Schema schema = schemas.readable(id, identity.caller().userId());
    Format wanted = format(format);
    Instant now = clock.instant();
    // What is wrong with the request is said before the first byte, while it still can be.
    RecordQuery _ = request.query(schema, now, null, 1);
    Set<String> _ = request.fields(schema);
    StreamingOutput content =
        output -> export.write(schema, request, now, wanted, spreadsheet, output);
    return Response.ok(content)
        .type(wanted == Format.CSV ? "text/csv; charset=utf-8" : "application/x-ndjson")
        .header("Content-Disposition", "attachment; filename=\"export." + wanted + "\"")
        .build();
  }

  private static Format format(@Nullable String name) {
    for (Format format : Format.values()) {
      if (name == null || format.toString().equals(name)) {
        return format;
      }
    }
    throw CommonError.VALIDATION_FAILED.at("/format", "Either csv or jsonl.");
  }
}
