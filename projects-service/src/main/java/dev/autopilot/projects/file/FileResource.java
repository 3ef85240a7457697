package dev.autopilot.projects.file;

import dev.autopilot.events.idempotency.IdempotentStream;
import dev.autopilot.kernel.identity.Identity;
import dev.autopilot.kernel.identity.Scoped;
import dev.autopilot.kernel.page.Page;
import dev.autopilot.kernel.page.PageRequest;
import dev.autopilot.kernel.problem.CommonError;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** Files of the caller and of their projects. */
@Path("/api/files")
@Scoped("projects")
@RunOnVirtualThread
public class FileResource {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Files files;
  private final FileTexts texts;
  private final KeepFile keep;
  private final FileContents contents;
  private final IdempotentStream idempotent;
  private final Identity identity;

  FileResource(
      Files files,
      FileTexts texts,
      KeepFile keep,
      FileContents contents,
      IdempotentStream idempotent,
      Identity identity) {
    this.files = files;
    this.texts = texts;
    this.keep = keep;
    this.contents = contents;
    this.idempotent = idempotent;
    this.identity = identity;
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response upload(
      @RestForm("file") @Nullable FileUpload file,
      @RestForm("projectId") @Nullable String projectId)
      throws Exception {
    if (file == null) {
      throw CommonError.VALIDATION_FAILED.at("/file", "A file is needed.");
    }
    UUID project = id(projectId);
    if (!idempotent.isRepeated()) {
      keep.requireRoomFor(me(), file.size());
    }
    try (InputStream content = java.nio.file.Files.newInputStream(file.uploadedFile());
        KeepFile.Arrived arrived = keep.take(me(), project, file.fileName(), content)) {
      return idempotent.answer(
          Arrays.asList(arrived.file().name(), project, arrived.file().sha256()),
          () -> created(keep.keep(me(), arrived)));
    }
  }

  private static Response created(FileView file) {
    return Response.created(URI.create("/api/files/" + file.id()))
        .entity(file)
        .header("ETag", file.tag())
        .build();
  }

  @GET
  public Page<FileView> list(
      @RestQuery("projectId") @Nullable String projectId,
      @RestQuery("q") @Nullable String q,
      @BeanParam PageRequest page) {
    return files.page(me(), id(projectId), q, page);
  }

  @GET
  @Path("/{id}")
  public RestResponse<FileView> read(@RestPath UUID id) {
    FileView file = files.seenBy(me(), id);
    return RestResponse.ResponseBuilder.ok(file).header("ETag", file.tag()).build();
  }

  @GET
  @Path("/{id}/content")
  public Response content(
      @RestPath UUID id,
      @RestHeader("Range") @Nullable String range,
      @RestHeader("If-Range") @Nullable String ifRange,
      @RestHeader("If-None-Match") @Nullable String ifNoneMatch)
      throws IOException {
    FileView file = files.seenBy(me(), id);
    String tag = file.tag();
    if (ifNoneMatch != null && (ifNoneMatch.equals("*") || ifNoneMatch.contains(tag))) {
      return Response.notModified().header("ETag", tag).build();
    }
    boolean sameAsBefore = ifRange == null || ifRange.equals(tag);
    ByteRange part = sameAsBefore ? ByteRange.of(range, file.size()) : null;
    long first = part == null ? 0 : part.first();
    long length = part == null ? file.size() : part.length();
    Response.ResponseBuilder answer =
        Response.status(part == null ? 200 : 206)
            .entity(contents.read(file.id(), first, length))
            .type(file.contentType())
            .header("ETag", tag)
            .header("Last-Modified", HTTP_DATE.format(file.createdAt()))
            .header("Accept-Ranges", "bytes")
            .header("Content-Length", length)
            .header("Content-Disposition", FileNames.disposition(file.name()))
            .header("X-Content-Type-Options", "nosniff")
            .header("Content-Security-Policy", "default-src 'none'; sandbox");
    if (part != null) {
      answer.header(
          "Content-Range", "bytes %d-%d/%d".formatted(part.first(), part.last(), file.size()));
    }
    return answer.build();
  }

  /** The text in a file, as far as it is read and kept. */
  @GET
  @Path("/{id}/text")
  @Produces(MediaType.TEXT_PLAIN)
  public Response text(@RestPath UUID id) {
    FileView file = files.seenBy(me(), id);
    String text = file.textStatus().hasText() ? texts.of(id) : null;
    if (text == null) {
      throw file.textStatus() == TextStatus.PENDING
          ? FileError.TEXT_PENDING.problem().retryAfter(SOON)
          : FileError.NO_TEXT.problem();
    }
    return Response.ok(text, "text/plain; charset=utf-8")
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .build();
  }

  @DELETE
  @Path("/{id}")
  public void delete(@RestPath UUID id, @RestHeader("If-Match") @Nullable String ifMatch) {
    keep.delete(me(), id, ifMatch);
  }

  private UUID me() {
    return identity.caller().userId();
  }

  private static @Nullable UUID id(@Nullable String text) {
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException notAnId) {
      throw CommonError.VALIDATION_FAILED.at("/projectId", "Expected an id.");
    }
  }
}
