package dev.autopilot.projects.file.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.autopilot.embedded.Ports;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class S3FileStoreTest implements FileStoreContract {
  private static S3Server server;
  private static S3FileStore store;

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.start();
    store = new S3FileStore(SettingsOfS3.of(server));
  }

  @AfterAll
  static void stop() {
    store.close();
    server.close();
  }

  @Override
  public FileStore store() {
    return store;
  }

  @Test
  void partsThatACrashLeftAreForgottenWithTheirKey() throws IOException {
    String key = FileStoreContract.key();
    try (S3Client client = server.client()) {
      String upload =
          client.createMultipartUpload(to -> to.bucket(S3Server.BUCKET).key(key)).uploadId();
      client.uploadPart(
          to -> to.bucket(S3Server.BUCKET).key(key).uploadId(upload).partNumber(1),
          RequestBody.fromBytes(FileStoreContract.bytes(100)));

      store.delete(key);

      assertThat(
              client.listMultipartUploads(of -> of.bucket(S3Server.BUCKET).prefix(key)).uploads())
          .isEmpty();
    }
  }

  @Test
  void contentThatBreaksOffLeavesNoPartsEither() {
    try (S3Client client = server.client()) {
      assertThat(client.listMultipartUploads(of -> of.bucket(S3Server.BUCKET)).uploads()).isEmpty();
    }
  }

  @Test
  void aBucketThatIsThereIsNoReasonToRefuse() {
    assertThat(store.refusal()).isNull();
  }

  @Test
  void wrongKeysAreRefusedBeforeTheFirstFile() {
    try (S3FileStore stranger =
        new S3FileStore(SettingsOfS3.of(server).withSecret("a wrong one"))) {
      assertThat(stranger.refusal()).contains("403").contains("keys");
      assertThatThrownBy(() -> stranger.write("x", new ByteArrayInputStream(new byte[1])))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aMissingBucketIsRefused() {
    try (S3FileStore nowhere = new S3FileStore(SettingsOfS3.of(server).withBucket("no-bucket"))) {
      assertThat(nowhere.refusal()).contains("there is no bucket no-bucket");
    }
  }

  @Test
  void aServiceThatIsAwayMayComeBack() {
    try (S3FileStore away =
        new S3FileStore(
            new SettingsOfS3(
                S3Server.BUCKET,
                URI.create("http://127.0.0.1:" + Ports.free()),
                "a",
                "b",
                true,
                PART))) {
      assertThat(away.refusal()).isNull();
      assertThatThrownBy(() -> away.write("x", new ByteArrayInputStream(new byte[1])))
          .isInstanceOf(IOException.class);
    }
  }
}
