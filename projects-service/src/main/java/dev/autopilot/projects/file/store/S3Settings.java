package dev.autopilot.projects.file.store;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A bucket of Amazon S3, or of anything else that speaks its protocol. */
public interface S3Settings {
  /** The bucket, which must exist. Setting it is what chooses S3. */
  Optional<String> bucket();

  /** Part of every signature; services of one's own often don't care. */
  @WithDefault("us-east-1")
  String region();

  /** Where the service is; by default Amazon's address of the region. Only by https, see below. */
  Optional<URI> endpoint();

  /** Whether the bucket is part of the path rather than of the host's name. */
  @WithDefault("false")
  boolean pathStyle();

  /** Both keys, or neither: then they come from where Amazon's own tools look for them. */
  Optional<String> accessKey();

  Optional<String> secretKey();

  /** Allows an endpoint by plain http, where files cross the network readable by everybody. */
  @WithDefault("false")
  boolean allowHttp();

  /**
   * Content of more than this is sent in parts of this size, of which there are 10,000 at most. A
   * part waits on the local disk, not in memory. At least 5M, as the protocol wants it.
   */
  @WithDefault("8M")
  MemorySize partSize();

  /** How long one request may take to be answered. */
  @WithDefault("30S")
  Duration timeout();
}
