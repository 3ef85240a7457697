package dev.autopilot.projects.file;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file as those who may see it do.
 *
 * @param contentType as its bytes look, whatever its name says
 */
public record FileView(
    UUID id,
    String name,
    String contentType,
    long size,
    String sha256,
    @Nullable UUID projectId,
    Instant createdAt,
    TextStatus textStatus) {

  /** Its entity tag, and its content's: what a file is never changes. */
  String tag() {
    return "\"" + sha256 + "\"";
  }
}
