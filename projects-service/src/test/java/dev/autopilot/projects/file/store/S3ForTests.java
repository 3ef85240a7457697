package dev.autopilot.projects.file.store;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server that speaks S3, and the settings by which the application under test uses it. */
public class S3ForTests implements QuarkusTestResourceLifecycleManager {
  private @Nullable S3Server server;

  @Override
  public Map<String, String> start() {
    try {
      S3Server started = S3Server.start();
      server = started;
      return Map.of(
          "autopilot.files.s3.bucket",
          S3Server.BUCKET,
          "autopilot.files.s3.endpoint",
          started.endpoint().toString(),
          "autopilot.files.s3.allow-http",
          "true",
          "autopilot.files.s3.path-style",
          "true",
          "autopilot.files.s3.access-key",
          S3Server.ACCESS_KEY,
          "autopilot.files.s3.secret-key",
          S3Server.SECRET_KEY);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void stop() {
    if (server != null) {
      server.close();
    }
  }
}
