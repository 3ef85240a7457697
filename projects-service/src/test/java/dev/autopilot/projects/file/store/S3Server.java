package dev.autopilot.projects.file.store;

import static org.awaitility.Awaitility.await;

import dev.autopilot.embedded.Child;
import dev.autopilot.embedded.Ports;
import dev.autopilot.embedded.StopSignal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * S3Proxy over a folder, in a process of its own: another's server, which checks every signature.
 */
public final class S3Server implements AutoCloseable {
  public static final String BUCKET = "autopilot-files";
  public static final String ACCESS_KEY = "autopilot";
  public static final String SECRET_KEY = "a secret of the tests";

  private final Child process;
  private final URI endpoint;

  private S3Server(Child process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  public static S3Server start() throws IOException {
    Path folder = Files.createTempDirectory(Path.of("target"), "s3-").toAbsolutePath();
    int port = Ports.free();
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    Path properties =
        Files.writeString(
            folder.resolve("s3proxy.conf"),
            """
            s3proxy.endpoint=%s
            s3proxy.authorization=aws-v2-or-v4
            s3proxy.identity=%s
            s3proxy.credential=%s
            jclouds.provider=filesystem-nio2
            jclouds.identity=unused
            jclouds.credential=unused
            jclouds.filesystem.basedir=%s
            """
                .formatted(
                    endpoint,
                    ACCESS_KEY,
                    SECRET_KEY,
                    Files.createDirectory(folder.resolve("data"))));
    Child process =
        Child.start(
            new Child.Command(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    Path.of("target", "s3proxy.jar").toAbsolutePath().toString(),
                    "--properties",
                    properties.toString()),
                System.getenv(),
                folder,
                folder.resolve("s3proxy.log"),
                StopSignal.TERM,
                Duration.ofSeconds(5)));
    S3Server server = new S3Server(process, endpoint);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !process.isAlive() || Ports.isListening("127.0.0.1", port));
    try (S3Client client = server.client()) {
      var _ = client.createBucket(request -> request.bucket(BUCKET));
    }
    return server;
  }

  public URI endpoint() {
    return endpoint;
  }

  S3Client client() {
    return S3Client.builder()
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
        .build();
  }

  @Override
  public void close() {
    process.stop();
  }
}
