package dev.autopilot.projects.file;

import dev.autopilot.kernel.problem.CommonError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Names that clients give to files: kept for people, never used as a path. */
final class FileNames {
  private static final int MAX_LENGTH = 255;

  private FileNames() {}

  /** The last part of what may be a path, without what no header or screen should see. */
  static String of(@Nullable String offered) {
    String name = offered == null ? "" : offered.replaceAll(".*[/\\\\]", "");
    String harmless = name.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}]", "").strip();
    if (harmless.isEmpty() || harmless.length() > MAX_LENGTH) {
      throw CommonError.VALIDATION_FAILED.at("/name", "A name of 1 to 255 characters is needed.");
    }
    return harmless;
  }

  /**
   * Always an attachment: nothing that was uploaded is shown as a page of ours (RFC 6266, 8187).
   */
  static String disposition(String name) {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    String plain = name.replaceAll("[^A-Za-z0-9 ._-]", "_");
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
  }
}
