package dev.autopilot.projects.file.store;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Settings as a test wants them. */
public record SettingsOfS3(
    String name,
    @Nullable URI address,
    @Nullable String access,
    @Nullable String secret,
    boolean allowHttp,
    long part)
    implements S3Settings {

  /** Everything as it should be. */
  static SettingsOfS3 of(S3Server server) {
    return new SettingsOfS3(
        S3Server.BUCKET,
        server.endpoint(),
        S3Server.ACCESS_KEY,
        S3Server.SECRET_KEY,
        true,
        FileStoreContract.PART);
  }

  SettingsOfS3 withBucket(String other) {
    return new SettingsOfS3(other, address, access, secret, allowHttp, part);
  }

  SettingsOfS3 withSecret(String other) {
    return new SettingsOfS3(name, address, access, other, allowHttp, part);
  }

  @Override
  public Optional<String> bucket() {
    return Optional.of(name);
  }

  @Override
  public String region() {
    return "us-east-1";
  }

  @Override
  public Optional<URI> endpoint() {
    return Optional.ofNullable(address);
  }

  @Override
  public boolean pathStyle() {
    return true;
  }

  @Override
  public Optional<String> accessKey() {
    return Optional.ofNullable(access);
  }

  @Override
  public Optional<String> secretKey() {
    return Optional.ofNullable(secret);
  }

  @Override
  public MemorySize partSize() {
    return new MemorySize(BigInteger.valueOf(part));
  }

  @Override
  public Duration timeout() {
    return Duration.ofSeconds(10);
  }
}
