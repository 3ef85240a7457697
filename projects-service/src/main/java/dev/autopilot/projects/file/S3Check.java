package dev.autopilot.projects.file;

import dev.autopilot.kernel.start.StartupCheck;
import dev.autopilot.projects.file.store.FileStore;
import dev.autopilot.projects.file.store.S3FileStore;
import dev.autopilot.projects.file.store.S3Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Files that can't be stored, or only for everybody to read, are no store of files. */
@ApplicationScoped
class S3Check implements StartupCheck {
  private static final long SMALLEST_PART = 5L << 20;

  private final FileSettings settings;
  private final Instance<FileStore> store;

  S3Check(FileSettings settings, Instance<FileStore> store) {
    this.settings = settings;
    this.store = store;
  }

  @Override
  public @Nullable String refusal() {
    String refusal = refusal(settings.s3(), settings.largest().asLongValue());
    return refusal == null && store.get() instanceof S3FileStore s3 ? s3.refusal() : refusal;
  }

  static @Nullable String refusal(S3Settings s3, long largest) {
    if (s3.bucket().isEmpty()) {
      return s3.endpoint().isPresent() || s3.accessKey().isPresent()
          ? "autopilot.files.s3.bucket must be set too, or files would lie on the local disk."
          : null;
    }
    if (s3.accessKey().isPresent() != s3.secretKey().isPresent()) {
      return "autopilot.files.s3.access-key and secret-key are set together, or neither is.";
    }
    URI endpoint = s3.endpoint().orElse(null);
    if (endpoint != null) {
      String scheme = String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT);
      if (endpoint.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
        return "autopilot.files.s3.endpoint must be an address such as https://s3.example.org.";
      }
      if (scheme.equals("http") && !s3.allowHttp()) {
        return "autopilot.files.s3.endpoint must be https, or autopilot.files.s3.allow-http=true.";
      }
    }
    long part = s3.partSize().asLongValue();
    if (part < SMALLEST_PART || largest / part >= 10_000) {
      return "autopilot.files.s3.part-size must be at least 5M, and a ten-thousandth of the largest"
          + " file.";
    }
    return null;
  }
}
